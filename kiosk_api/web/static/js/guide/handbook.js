/* 问一问: an answer in the handbook's own words, choices, or an honest referral. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el, keepFocus, onSubmit } from "../core/dom.js";
import { onWipe } from "../core/forget.js";
import { cited, t } from "../core/i18n.js";

/** The root is the form with the question. */
export class AskHandbook extends Component {
  init() {
    this.box = byId("answer");
    this.field = byId("question");
    this.button = byId("ask");
    this.before = ""; // the question just before, for 那复核呢; kept in this page only
    onSubmit(this.root, () => this.ask(this.field.value));
    onWipe(() => { this.before = ""; });
  }

  async ask(question) {
    if (!question.trim()) {
      this.box.replaceChildren(el("p", { class: "error" }, t("请先写下想问的问题。")));
      this.field.focus();
      return;
    }
    this.button.disabled = true;
    this.box.replaceChildren(el("p", { class: "busy" }, t("正在翻手册……")));
    try {
      this.box.replaceChildren(...answerParts(await post("/handbook/ask", { question, before: this.before })));
      this.before = question;
    } catch (error) {
      this.box.replaceChildren(el("p", { class: "notice warn" }, error.detail));
    }
    this.button.disabled = false;
    keepFocus(this.button);
    this.box.scrollIntoView({ block: "nearest" });
  }
}

function answerParts(found) {
  if (found.parts) return found.parts.flatMap(answerParts);
  if (found.outcome === "answer") {
    return [el("div", { class: "notice" }, el("p", {}, found.answer)),
      el("ul", { class: "links" }, found.citations.map(citation))];
  }
  if (found.outcome === "choices") {
    return [el("p", {}, t("您是想问下面哪一个？")), el("ul", { class: "links" }, found.choices.map(choice))];
  }
  return [el("div", { class: "notice warn" }, el("p", {}, found.refer),
    el("p", {}, found.own_case ? el("a", { class: "button plain", href: "/status" }, t("查进度"))
      : el("a", { class: "button plain", href: "/talk" }, t("把事情说给助手听"))))];
}

const citation = (one) => el("li", {}, el("a", { href: one.url },
  t("详细看：{section}（{article}）", { section: one.section, article: cited(one.article) })));

const choice = (one) => el("li", {},
  el("a", { href: `/handbook/${encodeURIComponent(one.slug)}` }, one.question));
