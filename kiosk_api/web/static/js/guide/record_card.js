/* What is noted, as a card: a row each, with a button that changes it. Rows come from the assistant; their words are
   the citizen's own and are set as text. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** One card, an element of its own. */
export class RecordCard extends Component {
  /** `card`: {title, rows, closing} of the chat's answer; `choose(value, label)` sends what a row's button says. */
  constructor(card, choose) {
    super(el("section", { class: "record-card", lang: "zh-CN", "aria-label": card.title.replace(/[：:]$/, "") }));
    Object.assign(this, { card, choose });
  }

  init() {
    this.root.append(
      el("p", { class: "record-title" }, this.card.title),
      el("dl", { class: "answers" }, this.card.rows.map((one) => this.row(one))),
      this.card.closing ? el("p", {}, this.card.closing) : "");
  }

  row(one) {
    return el("div", { "data-field": one.field }, el("dt", {}, one.label),
      el("dd", { class: "value" }, one.whole ? folded(one) : one.text),
      one.change ? el("dd", { class: "change" }, this.button(one)) : null);
  }

  button(one) {
    return el("button", {
      type: "button", class: "button plain", "aria-label": t("更改{what}", { what: one.label }),
      click: () => this.choose(one.change, t("更改{what}", { what: one.label })),
    }, t("改"));
  }

  /** The record has moved on: nothing can be changed from here any more. */
  settle() {
    for (const one of this.root.querySelectorAll(".change")) one.remove();
  }
}

/** A long text: its beginning, and the whole of it behind 看全文. */
function folded({ text, whole }) {
  const short = el("span", {}, text.replace(/……（一共.*$/s, "……"));
  const details = el("details", {}, el("summary", {}, t("看全文")), el("p", {}, whole));
  details.addEventListener("toggle", () => { short.hidden = details.open; });
  return [short, details];
}
