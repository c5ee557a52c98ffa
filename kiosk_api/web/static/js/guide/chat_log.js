/* The conversation on the screen: what was said by both sides, buttons to choose from, citations. */

import { get } from "../core/api.js";
import { keepCallback } from "../core/callback_left.js";
import { Component } from "../core/component.js";
import { timeZh } from "../core/dates.js";
import { byId, el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { icon } from "../core/parts.js";
import { ReceiptCard } from "../case/receipt.js";
import { RecordCard } from "./record_card.js";
import { savedCode } from "./saved_code.js";

const KEPT_ABOVE = 8; // pixels
const PAUSE_MS = 300000; // after which the time stands above what is said next

/** The root is the log. */
export class ChatLog extends Component {
  /** `choose(value, label)` is called for a button of the assistant's, `toForm()` where it offers the form. */
  constructor(root, choose, toForm) {
    super(root);
    Object.assign(this, { choose, toForm, card: null, newest: null, typing: null, speaker: "theirs", at: 0 });
  }

  /** What one side says at once stands together: the first of it is marked. */
  bubble(kind, ...children) {
    const speaker = kind.startsWith("said") ? "said" : "theirs";
    const first = this.stamp() || speaker !== this.speaker;
    this.speaker = speaker;
    const node = el("div", { class: `bubble ${kind}${first ? " first" : ""}`, tabindex: "-1" }, children);
    this.root.append(node);
    return node;
  }

  /** The time, above what is said after a pause. */
  stamp() {
    const paused = Date.now() - this.at > PAUSE_MS;
    if (paused) this.root.append(el("p", { class: "when", "data-silent": "" }, timeZh(new Date())));
    this.at = Date.now();
    return paused;
  }

  /** The three dots of somebody who is about to answer. */
  showTyping(shown) {
    if (this.typing) this.typing.remove();
    this.typing = shown ? el("div", { class: "bubble theirs typing first", "aria-hidden": "true" },
      el("i"), el("i"), el("i")) : null;
    if (!shown) return;
    this.root.append(this.typing);
    this.typing.scrollIntoView({ block: "nearest" });
  }

  /** What the citizen has sent, marked until it is answered. */
  addOwn(text) {
    const node = this.bubble("said waiting", text);
    node.scrollIntoView({ block: "nearest" });
    return node;
  }

  /** A photo the citizen has sent. */
  addPicture(image) {
    const node = this.bubble("said pictured", image);
    image.addEventListener("load", () => node.scrollIntoView({ block: "nearest" }), { once: true });
  }

  /** `focus`: false where nobody has pressed or sent anything. */
  addReplies(replies, { focus = true } = {}) {
    const shown = replies.map((one) => this.add(one));
    this.newest = shown.find((one) => one.matches(".card-holder")) || shown[0]
      || this.bubble("reply theirs", t("我没听明白，请您换个说法再说一遍。"));
    // more room for it: the box is one line, and a receipt needs no words above it (talk.css)
    document.body.classList.toggle("reading-card", replies.some(isToRead));
    document.body.classList.toggle("reading-receipt", replies.some(isFiled));
    this.showNewest();
    if (!focus) return;
    if (replies.some(isToRead)) this.newest.focus({ preventScroll: true }); // keys over half the screen would cover it
    else keepFocus(this.newest); // the button that was pressed is gone
  }

  /** One reply with all that belongs to it; returns what is to be seen of it first. */
  add(one) {
    let seen = this.bubble(one.card ? "reply theirs carded" : "reply theirs", one.card ? this.record(one.card) : el("span", { lang: "zh-CN" }, toSay(one)),
      citations(one.citations));
    if (one.saved) seen = this.bubble("card-holder", savedCode(one.saved));
    if (one.callback && one.callback.code) keepCallback(one.callback.code, one.callback.phone_tail);
    if (one.case && one.case.lookup_token) {
      seen = this.bubble("card-holder", ReceiptCard.make(one.case, () => this.seeCard()).root);
      this.card = null; // what is told next is another petition
    }
    this.root.append(...this.offers(one));
    return seen;
  }

  /** The beginning of what was said last. */
  showNewest() {
    if (this.newest) this.newest.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** The same where only the screen has changed: nothing but the place in the frame, so the Tab key goes on from where
      it was. */
  keepNewest() {
    if (!this.newest || !this.newest.isConnected) return;
    const frame = this.root.parentElement;
    frame.scrollTop += this.newest.getBoundingClientRect().top - frame.getBoundingClientRect().top - KEPT_ABOVE;
  }

  /** A receipt has grown to its full height: its beginning was too far down before. */
  seeCard() {
    this.showNewest();
  }

  record(card) {
    const shown = RecordCard.make(card, this.choose, this.card && this.card.card);
    if (this.card) this.card.fold();
    this.card = shown;
    return shown.root;
  }

  /** What can be chosen: under a read-back its consent and the button that gives it, which stay in sight while the
      record above them is read; then the others, one under another. */
  offers({ options = [], links = [], card }) {
    const [first, ...others] = options.map((one) => ({ act: () => this.choose(one.value, one.label), words: one.label }));
    const confirms = Boolean(card && card.closing && first);
    const rest = [...links.map((one) => this.link(one)),
      ...(confirms ? others : [first, ...others]).filter(Boolean).map((one) => option(one.words, one.act))].filter(Boolean);
    return [
      confirms && group("options confirm", el("p", { lang: "zh-CN" }, card.closing), option(first.words, first.act, "main-option", "tick")),
      rest.length && group("options", rest),
    ].filter(Boolean);
  }

  /** The form with what was told, the dialog of every page that leads to a person, or the office's number. */
  link({ href, label }) {
    if (href.startsWith("tel:")) return el("a", { class: "option on-phone", href, lang: "zh-CN" }, icon("call"), label);
    const known = { "/form": [t("带着说过的去填表"), () => this.toForm(), "form"],
      "#staff": [t("找工作人员"), () => byId("staff").click(), "staff"] };
    const [words, act, picture] = known[href] || [];
    return act && option(words, act, "main-option", picture);
  }

  /** Buttons of earlier questions no longer apply. */
  dropOptions() {
    for (const group of this.root.querySelectorAll(".options")) group.remove();
    if (this.card) this.card.settle();
  }

  clear() {
    this.card = this.newest = this.typing = null;
    document.body.classList.remove("reading-card", "reading-receipt");
    this.root.replaceChildren();
  }
}

const group = (look, ...children) => el("div", { class: look, role: "group", "aria-label": t("可以直接选") }, children);

const option = (words, act, look = "", picture = "") => el("button", { type: "button", class: `option ${look}`.trim(), click: act },
  picture && icon(picture), el("span", {}, words));

/** The words of a reply. The receipt under them says the number and all that follows, so they end before it. */
export function toSay({ text, case: filed }) {
  if (!filed || !filed.lookup_token) return text;
  const lines = text.split("\n");
  const place = lines.findIndex((line) => line.includes(filed.case_number));
  return lines.slice(0, place > 0 ? place : 1).join("\n");
}

/** A read-back or a receipt: to be read, and answered by a button if at all. */
const isToRead = (one) => Boolean(one.card && one.card.closing) || isFiled(one);

const isFiled = (one) => Boolean(one.case && one.case.lookup_token);

function citations(list = []) {
  if (!list.length) return null;
  return el("ul", { class: "citations", "aria-label": t("依据") }, list.map((one) => {
    const words = [one.title && `《${one.title}》`, one.section, one.article].filter(Boolean).join(" ");
    const [, slug] = /^\/handbook\/([\w-]+)$/.exec(one.url || "") || [];
    return el("li", {}, slug ? el("button", {
      type: "button", class: "cite", click: (event) => unfold(event.currentTarget, slug),
    }, words) : words);
  }));
}

/** The cited section under its title: a second window would leave this talk open behind it. */
async function unfold(button, slug) {
  const open = button.nextElementSibling;
  if (open) {
    open.remove();
    return;
  }
  const note = el("p", { class: "short", role: "status" }, t("正在翻手册……"));
  button.after(note);
  try {
    note.textContent = (await get(`/handbook/${slug}`)).short_answer;
  } catch (error) {
    note.textContent = error.detail;
  }
}
