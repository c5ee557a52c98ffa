/* 已经记下的, beside a talk on a wide screen: the rows of the newest card, to look at; they are changed in the talk. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";

/** The root is a hidden section with a list in it. */
export class Noted extends Component {
  showAnswer(replies) {
    const card = replies.map((one) => one.card).filter(Boolean).pop();
    if (card) this.show(card.rows);
    else if (replies.some((one) => one.case && one.case.lookup_token)) this.clear(); // the receipt says it now
  }

  show(rows) {
    this.root.querySelector("dl").replaceChildren(...rows.map((one) =>
      el("div", {}, el("dt", {}, one.label), el("dd", { lang: "zh-CN" }, one.text))));
    this.root.hidden = !rows.length;
  }

  clear() {
    this.root.hidden = true;
    this.root.querySelector("dl").replaceChildren();
  }
}
