/* 已经记下的, beside a talk on a wide screen: the rows of the last card while the talk goes on about something else. */

import { Component } from "../core/component.js";
import { cut } from "../core/cut.js";
import { el } from "../core/dom.js";

const MOST = 40; // characters of one value

/** The root is a hidden section with a list in it. */
export class Noted extends Component {
  init() {
    this.list = this.root.querySelector("dl");
  }

  showAnswer(replies) {
    const card = replies.map((one) => one.card).filter(Boolean).pop();
    const filed = replies.some((one) => one.case && one.case.lookup_token);
    if (card || filed) this.keep(filed ? [] : card.rows);
    else this.root.hidden = !this.list.children.length;
  }

  /** The talk shows these now: here they are shown once it goes on. */
  keep(rows) {
    this.root.hidden = true;
    this.list.replaceChildren(...rows.map((one) => el("div", {}, el("dt", {}, one.label),
      el("dd", { lang: "zh-CN" }, one.text.length > MOST ? `${cut(one.text, MOST)}……` : one.text))));
  }

  clear() {
    this.keep([]);
  }
}
