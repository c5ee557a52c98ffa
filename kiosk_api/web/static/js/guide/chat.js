/* The conversation, in the hall and on a phone (phone/talk_at_home.js). Its id lives in this component only; what was
   typed stays in the box until the system has answered it. */

import { newKey, post } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el, keepFocus, onSubmit } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { watchWords } from "../core/mask_input.js";
import { hearButton, hearing } from "../hearing/offer.js";
import { ConfirmLeave } from "../visit/confirm_leave.js";
import { answers } from "../visit/outage.js";
import { boxFor, shownText } from "./asked.js";
import { ChatLog } from "./chat_log.js";
import { LastWords } from "./last_words.js";
import { Noted } from "./noted.js";

const HEARD_AS = {
  petitioner_name: "name", phone: "phone", phone_tail: "phone", id_number: "id_number", address: "address", case_number: "case_number",
};
const away = () => t("小助手现在没法回话。您写的话还在下面的框里，可以再试一次，也可以改用填表，马上就能提交。");

/** The root is the form with the box. */
export class Talk extends Component {
  init() {
    this.say = byId("say");
    this.send = byId("send");
    this.busy = byId("busy");
    this.sessionId = null;
    this.filed = false; // what was said is a case, and nothing was said since
    this.secret = false; // what is asked for now is covered in the log
    this.sending = false;
    this.unanswered = null; // the message whose answer has not come, with its id
    this.log = ChatLog.start("#log", (value, label) => this.choose(value, label), () => this.toForm());
    this.words = LastWords.start("#last-words"); // in a hall only
    this.noted = Noted.start("#noted");
    this.again = null; // what 再试一次 does; null: what stands in the box is sent
    this.listen();
    this.offerHearing();
    // larger letters, or keys that have come up or gone: what was said last stays in sight
    new MutationObserver(() => this.log.keepNewest())
      .observe(document.documentElement, { attributes: true, attributeFilter: ["data-mode", "class"] });
    onWipe(() => this.end());
  }

  listen() {
    onSubmit(this.root, () => this.submit());
    this.say.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.root.requestSubmit();
      }
    });
    byId("retry").addEventListener("click", () => (this.again || (() => this.speak(this.say.value)))());
    byId("to-form").addEventListener("click", (event) => {
      event.preventDefault();
      this.toForm();
    });
    ConfirmLeave.start(document, { typed: () => this.wouldLose(), lost: () => this.hasBegun() });
    for (const one of document.querySelectorAll(".foot a[href='/form'], #tools a[href='/form'], #chinese-only a")) {
      one.addEventListener("click", (event) => { // all that was told goes along, so nothing is asked first
        event.preventDefault();
        this.toForm();
      });
    }
    for (const one of document.querySelectorAll(".starter")) {
      one.addEventListener("click", () => this.choose(one.dataset.say, one.textContent));
    }
  }

  /** On machines that hear; what was said is sent once it was seen. */
  async offerHearing() {
    const limits = await hearing();
    if (!limits) return;
    this.send.after(hearButton(limits, {
      kind: () => HEARD_AS[this.root.dataset.asked] || "words", words: t("发送"), onWords: (text) => this.speak(text),
    }));
  }

  /** Whether something is lost when this page is left. */
  wouldLose() {
    return this.hasBegun();
  }

  /** Whether something is lost when the visit is ended. */
  hasBegun() {
    return Boolean((this.sessionId && !this.filed) || this.say.value.trim());
  }

  submit() {
    if (!this.say.value.trim()) {
      this.busy.textContent = t("请先写几个字，再按发送。");
      this.say.focus();
      return;
    }
    this.speak(this.say.value);
  }

  /** Send `text`; the log shows it as `shown`. `shown` null: a message of the page's own, which nobody said. */
  async speak(text, shown = shownText(text, this.secret)) {
    if (this.sending || !text.trim()) return;
    this.sending = true;
    this.send.disabled = true;
    byId("trouble").hidden = true;
    this.again = shown === null ? () => this.speak(text, null) : null;
    const own = shown === null ? null : this.log.addOwn(shown);
    this.listening(true);
    try {
      const answer = await this.ask(text);
      this.listening(false);
      this.answered(text, own, answer);
    } catch (error) {
      this.listening(false);
      if (own) own.remove();
      if (own && !this.say.value.trim()) this.write(text);
      this.fail(error);
    } finally {
      this.sending = false;
      this.send.disabled = false;
    }
  }

  answered(text, own, answer) {
    if (own) own.classList.remove("waiting");
    this.settle();
    if (this.say.value.trim() === text.trim()) this.write("");
    this.expect(answer.expects || null);
    this.filed = answer.replies.some((one) => one.case && one.case.lookup_token);
    this.log.addReplies(answer.replies, { focus: Boolean(own) });
    if (this.words) this.words.showAnswer(answer.replies);
    if (this.noted) this.noted.showAnswer(answer.replies);
  }

  /** The other side is listening, or has answered. */
  listening(waiting) {
    this.busy.textContent = waiting ? t("正在听您说……") : "";
    this.log.showTyping(waiting);
  }

  /** Put `text` into the box. */
  write(text) {
    this.say.value = text;
  }

  /** A button was pressed. Where words are asked for next, they can be typed at once. */
  async choose(value, label) {
    await this.speak(value, label);
    if (!facts().fields.some((one) => one.asked_as === this.root.dataset.asked)) return;
    this.say.focus({ preventScroll: true });
    this.log.showNewest(); // the keys that have come up must not cover the question
  }

  async ask(text) {
    this.ensureTalk();
    // The same words once more after a failure are the same message: taken once, whether or not it had arrived.
    if (!this.unanswered || this.unanswered.text !== text) this.unanswered = { text, id: newKey() };
    this.keep();
    const answer = await post("/chat", { session_id: this.sessionId, text, message_id: this.unanswered.id });
    if (answer.degraded) throw Object.assign(new Error(), { detail: away() });
    this.sessionId = answer.session_id;
    this.unanswered = null;
    this.keep();
    return answer;
  }

  /** The talk's id; made here, so that a conversation can be ended before its first answer has come. */
  ensureTalk() {
    if (!this.sessionId) this.sessionId = newKey();
    return this.sessionId;
  }

  /** In a hall nothing is kept. */
  keep() {}

  /** Buttons of earlier questions no longer apply. */
  settle() {
    byId("starters").hidden = true;
    this.log.dropOptions();
  }

  /** The right keyboard and label for what is being asked. */
  expect(name) {
    const box = boxFor(name);
    this.secret = box.secret;
    this.root.dataset.asked = name || "";
    Object.assign(this.say, { inputMode: box.inputMode, autocapitalize: box.autocapitalize });
    this.make(box);
    byId("say-label").textContent = box.label;
    byId("watch").textContent = box.secret ? watchWords() : "";
  }

  /** How much room the box takes for what is asked. */
  make({ rows }) {
    this.say.rows = rows;
  }

  fail(error) {
    byId("trouble-text").textContent = error.detail || away();
    byId("retry").hidden = error.code === "invalid_request" && !this.again && !this.say.value.trim();
    byId("trouble").hidden = false;
    byId("trouble").scrollIntoView({ block: "nearest" });
    if (this.words) this.words.show(byId("trouble-text").textContent);
    keepFocus(byId(byId("retry").hidden ? "to-form" : "retry"));
    if (error.errors && error.errors.some((one) => one.field === "session_id")) this.sessionId = null;
  }

  /** The form gets what was told and the unsent text by POST: they are in no address and no storage. While
      nobody answers the text stays here, where it can still be read. */
  async toForm() {
    if (!this.sessionId && !this.say.value.trim()) {
      location.assign("/form");
      return;
    }
    if (!(await answers())) {
      this.fail({ detail: away() });
      return;
    }
    const form = el("form", { method: "post", action: "/form", hidden: true }, el("textarea", { name: "facts" }),
      el("input", { type: "hidden", name: "session_id", value: this.sessionId || "" }));
    form.elements.facts.value = this.say.value;
    document.body.append(form);
    form.submit();
  }

  /** The server forgets the conversation, except for what its owner asked it to keep. */
  end() {
    if (this.sessionId) {
      const body = new Blob([JSON.stringify({ session_id: this.sessionId })], { type: "application/json" });
      navigator.sendBeacon("/api/v1/chat/end", body);
    }
    this.sessionId = this.unanswered = null;
    this.secret = this.filed = false;
    this.log.clear();
    if (this.words) this.words.clear();
    if (this.noted) this.noted.clear();
  }
}
