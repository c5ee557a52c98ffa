/* The pictures that have been kept, each with its button to delete it. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

export class PictureList extends Component {
  /** `load(id)` gives the picture as a blob or null; `onRemove(id)` is called for 删掉这张. */
  constructor({ load, onRemove }) {
    super(el("ul", { class: "attach-list", "aria-label": t("已经放进来的照片") }));
    Object.assign(this, { load, onRemove });
    this.shown = new Map(); // picture id → {url, node}
    this.closed = false;
  }

  get size() {
    return this.shown.size;
  }

  /** Show the picture {id}; its blob is loaded unless it is given. */
  async add({ id }, blob = null) {
    if (this.closed || this.shown.has(id)) return;
    const kept = { url: "", node: null };
    this.shown.set(id, kept);
    const found = blob || await this.load(id);
    if (this.closed || !this.shown.has(id)) return;
    kept.url = found ? URL.createObjectURL(found) : "";
    kept.node = this.line(id, kept.url, this.size);
    this.root.append(kept.node);
  }

  line(id, url, number) {
    return el("li", {},
      url ? el("img", { src: url, alt: t("第{number}张照片", { number }) }) : "",
      el("button", { type: "button", class: "button plain", click: () => this.onRemove(id),
        "aria-label": t("删掉第{number}张照片", { number }) }, t("删掉这张")));
  }

  remove(id) {
    const kept = this.shown.get(id);
    if (kept && kept.url) URL.revokeObjectURL(kept.url);
    if (kept && kept.node) kept.node.remove();
    this.shown.delete(id);
  }

  clear() {
    for (const id of [...this.shown.keys()]) this.remove(id);
  }

  /** Empty it for good: what still arrives is not shown. */
  close() {
    this.closed = true;
    this.clear();
  }
}
