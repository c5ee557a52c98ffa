/* The bar above the keys: the letters typed so far and the signs to choose from, page by page. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const GAP_EM = 1.4;  // padding of a choice, beside SIGN_EM a sign
const SIGN_EM = 1.15;

export class Choices extends Component {
  /** `choose(choice)` is called with the one that was tapped. */
  constructor(choose) {
    super(el("div", { class: "keys-bar" }));
    this.choose = choose;
    this.list = [];
    this.starts = [0];
  }

  init() {
    this.typed = el("output", { class: "keys-typed", "aria-live": "polite", "aria-label": t("正在拼的字母") });
    this.row = el("div", { class: "keys-choices", role: "group", "aria-label": t("选字") });
    this.back = this.turn("‹", t("前面的字"), () => this.starts.pop());
    this.on = this.turn("›", t("后面的字"), () => this.starts.push(this.next));
    this.root.append(this.typed, this.row, this.back, this.on);
    this.show("", []);
  }

  turn(sign, label, move) {
    return el("button", { type: "button", class: "key turn", tabindex: "-1", "aria-label": label,
      click: () => { move(); this.draw(); } }, sign);
  }

  /** Letters `typed` so far that show before their choices come. */
  showTyped(typed) {
    this.typed.textContent = typed;
    this.root.classList.remove("empty");
  }

  /** `typed` letters and what they may mean: [{text, …}]. */
  show(typed, list) {
    this.typed.textContent = typed;
    this.list = list;
    this.starts = [0];
    this.draw();
  }

  draw() {
    const start = this.starts[this.starts.length - 1];
    const em = parseFloat(getComputedStyle(this.row).fontSize) || 24;
    let room = (this.row.clientWidth || 600) / em;
    let end = start;
    while (end < this.list.length) {
      room -= Array.from(this.list[end].text).length * SIGN_EM + GAP_EM;
      if (room < 0 && end > start) break;
      end += 1;
    }
    this.next = end;
    this.row.replaceChildren(...this.list.slice(start, end).map((one) => el("button", {
      type: "button", class: "choice", tabindex: "-1", click: () => this.choose(one),
    }, one.text)));
    this.back.disabled = start === 0;
    this.on.disabled = end >= this.list.length;
    this.root.classList.toggle("empty", !this.list.length && !this.typed.textContent);
  }
}
