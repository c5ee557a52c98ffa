/* What is noted, as a card: a row each, with a button that changes it. Rows come from the assistant; their words are
   the citizen's own and are set as text. */

import { Component } from "../core/component.js";
import { cut } from "../core/cut.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const SHOWN = 60; // characters of a long text, so that the whole card is seen at once

/** One card, an element of its own. */
export class RecordCard extends Component {
  /** `card`: {title, rows, closing} of the chat's answer; `choose(value, label)` sends what a row's button says;
      `before`: the card shown before this one, whose differing rows are marked. */
  constructor(card, choose, before = null) {
    super(el("section", { class: "record-card", lang: "zh-CN", "aria-label": card.title.replace(/[：:]$/, "") }));
    Object.assign(this, { card, choose, before });
  }

  init() {
    this.root.append(
      el("p", { class: "record-title" }, this.card.title),
      el("dl", { class: "answers" }, this.card.rows.map((one) => this.row(one))));
  }

  row(one) {
    const mark = isNew(one, this.before) && el("span", { class: "new" }, t("刚改的"));
    return el("div", { "data-field": one.field }, el("dt", {}, one.label, mark),
      el("dd", { class: "value" }, isLong(one) ? folded(one) : one.text),
      one.change ? el("dd", { class: "change" }, this.button(one)) : null);
  }

  button(one) {
    const label = t("更改{what}", { what: one.label });
    return el("button", {
      type: "button", class: "button plain", "aria-label": label, click: () => this.choose(one.change, label),
    }, t("改"));
  }

  /** The record has moved on: nothing can be changed from here any more. */
  settle() {
    for (const one of this.root.querySelectorAll(".change")) one.remove();
  }

  /** A newer card is shown: old values beside new ones would only confuse, and take a screen's height. */
  fold() {
    this.root.replaceChildren(el("p", { class: "record-old" }, t("请看下面新的一份。")));
  }
}

/** Whether a row says something else than it did on the card before. */
function isNew(row, before) {
  const old = before && before.rows.find((one) => one.field === row.field);
  return Boolean(old) && (old.whole || old.text) !== (row.whole || row.text);
}

const isLong = ({ text, whole }) => Boolean(whole) || text.length > SHOWN + 20;

/** A long text: its beginning, and the whole of it behind 看全文. */
function folded({ text, whole }) {
  const short = el("span", {}, `${cut(text.replace(/……（一共.*$/s, ""), SHOWN)}……`);
  const details = el("details", {}, el("summary", {}, t("看全文")), el("p", {}, whole || text));
  details.addEventListener("toggle", () => { short.hidden = details.open; });
  return [short, details];
}
