/* Somebody speaks, sees that they are heard, and checks the words before they are used. Loaded when the button is pressed. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { button } from "../core/parts.js";
import { heardWords, wavOf } from "./hear_call.js";
import { Microphone } from "./microphone.js";
import { Pieces } from "./pieces.js";

const FULL_SCALE = 0.35; // loudness at which the bar is full
const SIGN_OF_LIFE_MS = 1000;

/** Brings a dialog of its own. `onWords(words)` gets what was checked; `closed()` is called at its end. `kind` is that of the field,
    `words`: what the button that uses them says, `limits`: {longest_s, piece_s} of the server. */
export class HearDialog extends Component {
  constructor({ kind, words, limits, onWords, closed }) {
    super(el("dialog", { id: "hear", class: "hear", "aria-labelledby": "hear-title" }));
    Object.assign(this, { kind, words, limits, onWords, closed });
    this.microphone = this.pieces = null;
    this.said = [];        // words of each piece, in order
    this.spelt = [];
    this.turn = 0;         // what an earlier try brings comes too late
    this.waiting = Promise.resolve();
  }

  init() {
    this.title = el("h2", { id: "hear-title", tabindex: "-1" });
    this.content = el("div", { class: "hear-content" });
    this.root.append(el("div", { role: "status" }, this.title), this.content);
    this.root.addEventListener("close", () => this.end());
    this.hidden = () => {
      if (document.hidden && this.level) this.trouble(t("页面刚才不在眼前，话筒已经关了。请再说一遍，也可以打字。"));
    };
    document.addEventListener("visibilitychange", this.hidden);
    document.body.append(this.root);
    this.root.showModal();
    this.listen();
  }

  /** Once more; what was said before stays in front where `goesOn`. */
  async listen(goesOn = false) {
    this.stop();
    if (!goesOn) this.said = this.spelt = [];
    const mine = this.turn;
    this.title.textContent = t("正在打开话筒……");
    this.content.replaceChildren(this.quit());
    this.pieces = new Pieces({ longestS: this.limits.longest_s, pieceS: this.limits.piece_s,
      piece: (blocks) => this.hear(blocks, mine) });
    this.microphone = new Microphone((one) => { if (mine === this.turn) this.heard(one); },
      () => this.trouble(t("话筒断开了。请打字，或请工作人员看一下话筒。")));
    try {
      await this.microphone.open();
    } catch (error) {
      if (mine === this.turn) this.trouble(whyNot(error));
      return;
    }
    if (mine === this.turn) this.showListening();
  }

  showListening() {
    this.title.textContent = t("请说话，正在听");
    this.level = el("span", {});
    this.left = el("p", { class: "hint" });
    this.live = el("p", { class: "hear-words", "aria-live": "polite", tabindex: "0" }, this.said.join(""));
    const done = button("done", t("说完了"), "", () => this.finish());
    this.content.replaceChildren(
      el("div", { class: "hear-level", "aria-hidden": "true" }, this.level), this.live, this.left, done, this.quit());
    done.focus();
    this.showLeft();
  }

  heard(one) {
    if (!this.level) return;
    this.level.style.width = `${Math.min(100, Math.round(100 * one.loudness / FULL_SCALE))}%`;
    const end = this.pieces.add(one);
    this.showLeft();
    if (this.pieces.quiet === 0) this.signOfLife();
    if (end === "nobody") this.trouble(t("没有听到声音。请靠近话筒再说一遍，也可以打字。"));
    else if (end) this.finish();
  }

  showLeft() {
    const seconds = Math.max(0, Math.ceil(this.limits.longest_s - this.pieces.total));
    const words = t("还可以说{seconds}秒。停一会儿就算说完。", { seconds });
    if (this.left.textContent !== words) this.left.textContent = words;
  }

  /** Who speaks is there: see idle.js. */
  signOfLife() {
    if (Date.now() - (this.alive || 0) < SIGN_OF_LIFE_MS) return;
    this.alive = Date.now();
    window.dispatchEvent(new Event("input"));
  }

  /** The finger that was held down is up: what was said is finished. */
  letGo() {
    if (this.level && this.pieces.hasSpoken) this.finish();
  }

  /** A piece is on its way while the next is said; one at a time, so that the places of the server are there for others too. */
  hear(blocks, mine) {
    this.waiting = this.waiting.then(async () => {
      if (mine !== this.turn) return;
      const found = await heardWords(wavOf(blocks), this.kind);
      if (mine !== this.turn) return;
      this.said = [...this.said, found.text];
      this.spelt = [...this.spelt, ...found.spelt];
      if (!this.live) return;
      this.live.textContent = this.said.join("");
      this.live.scrollTop = this.live.scrollHeight;
    });
    this.waiting.catch(() => {}); // finish() says it
  }

  /** No more is said; the last words are on their way. */
  async finish() {
    const mine = this.turn;
    this.switchOff();
    this.title.textContent = t("正在变成文字……");
    this.level = null;
    this.content.replaceChildren(this.live || "", this.quit());
    this.pieces.end();
    try {
      await this.waiting;
    } catch (error) {
      this.waiting = Promise.resolve();
      if (mine === this.turn && !this.said.join("").trim()) this.trouble(error.detail);
      else if (mine === this.turn) this.check(error.detail);
      return;
    }
    if (mine !== this.turn) return;
    if (this.said.join("").trim()) this.check();
    else this.trouble(t("没有听清。请靠近话筒，慢一点再说一遍，也可以打字。"));
  }

  /** `missing`: what went wrong with a part of it. */
  check(missing = "") {
    this.title.textContent = t("您看看对不对");
    const box = el("textarea", { id: "hear-said", rows: "3", "aria-labelledby": "hear-title" });
    box.value = this.said.join("");
    const use = button("tick", this.words, "", () => {
      const words = box.value.trim();
      this.root.close();
      if (words) this.onWords(words);
    });
    this.content.replaceChildren(
      missing ? el("p", { class: "notice warn", role: "alert" }, t("后面一段没有听到。"), missing) : "", box,
      this.spelt.length ? el("p", { class: "hear-spelt" }, this.spelt.map((one) => el("span", {}, one))) : "",
      use, el("div", { class: "hear-more" },
        button("again", t("重新说"), "plain", () => this.listen()),
        button("talk", t("接着说"), "plain", () => {
          if (box.value !== this.said.join("")) this.spelt = []; // of words that are not there any more
          this.said = [box.value];
          this.listen(true);
        })), this.quit());
    use.focus();
  }

  /** Words that came before it are kept. */
  trouble(sentence) {
    this.stop();
    if (this.said.join("").trim()) {
      this.check(sentence);
      return;
    }
    this.title.textContent = t("没听到");
    const again = button("again", t("再说一遍"), "", () => this.listen());
    this.content.replaceChildren(el("p", { class: "notice warn", role: "alert" }, sentence), again, this.quit(t("我来打字")));
    again.focus();
  }

  quit(words = t("不要了")) {
    return button("close", words, "plain", () => this.root.close());
  }

  switchOff() {
    if (this.microphone) this.microphone.close();
    this.microphone = null;
  }

  stop() {
    this.turn += 1;
    this.switchOff();
    this.level = this.live = null;
    this.waiting = Promise.resolve();
  }

  end() {
    this.stop();
    document.removeEventListener("visibilitychange", this.hidden);
    this.said = this.spelt = [];
    this.content.replaceChildren();
    this.root.remove();
    this.closed();
  }
}

/** What somebody can do about a microphone that does not open. */
function whyNot(error) {
  if (error.name === "NotAllowedError") return t("这个页面还不能用话筒。请在浏览器里点“允许”，或者打字。");
  if (error.name === "NotFoundError") return t("没有找到话筒。请打字，或请工作人员看一下话筒。");
  return t("话筒打不开。请打字，或请工作人员看一下话筒。");
}
