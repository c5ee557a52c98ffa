/* Search as you type: the contents shrink to what holds the words, whichever booklet it is in. */

import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** The root is the list of booklets. */
export class ContentsSearch extends Component {
  init() {
    this.field = byId("question");
    this.found = byId("found");
    this.rows = [...this.root.querySelectorAll("li")];
    this.booklets = [...this.root.querySelectorAll("details")];
    this.opened = this.booklets.map((one) => one.open);
    this.field.addEventListener("input", () => this.look());
    this.look();
  }

  look() {
    const wanted = pairs(this.field.value);
    const searching = wanted.length > 0;
    for (const row of this.rows) row.hidden = !holds(row.dataset.words, wanted);
    for (const [place, booklet] of this.booklets.entries()) {
      const some = [...booklet.querySelectorAll("li")].some((one) => !one.hidden);
      booklet.hidden = searching && !some;
      booklet.open = searching ? some : this.opened[place];
    }
    const shown = this.rows.filter((one) => !one.hidden).length;
    this.found.hidden = !searching;
    this.found.textContent = shown ? t("找到 {shown} 节", { shown }) : t("目录里没有这些字。点“问一问”，换个说法也能找到。");
  }
}

const ENOUGH = 0.5; // of the pairs looked for

/** Character pairs of `text`, or the one character there is. */
export function pairs(text) {
  const plain = [...text.normalize("NFKC").toLowerCase().replace(/[\s，。？！、,.?!]+/g, "")];
  if (plain.length < 2) return plain;
  return plain.slice(1).map((end, place) => plain[place] + end);
}

/** Whether `words` hold enough of the pairs `wanted`; always, when there are none. */
export function holds(words, wanted) {
  const plain = words.toLowerCase();
  const found = wanted.filter((one) => plain.includes(one)).length;
  return !wanted.length || found >= Math.max(1, wanted.length * ENOUGH);
}
