/* The pictures that have been kept, as the office will see them: each opens large, and has its button to
   delete it. What is shown is what the server kept, never the file it was made of. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const LONG = 3; // times as long as wide: only its beginning fits into a thumbnail

export class PictureList extends Component {
  /** `load(id)` gives the picture as a blob or null; `onRemove(id)` is called for 删掉这张, which is there
      only with it. `hint` belongs above the list. */
  constructor({ load, onRemove = null }) {
    super(el("ul", { class: "attach-list", "aria-label": t("已经放进来的照片") }));
    Object.assign(this, { load, onRemove });
    this.hint = el("p", { class: "hint", hidden: true }, t("办事的人看到的就是下面的样子。点照片看大图，字看不清，就换一张，或者重新拍。"));
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
    this.hint.hidden = false;
  }

  line(id, url, number) {
    const name = t("第{number}张照片", { number });
    return el("li", {},
      url ? this.picture(url, name, number) : el("p", { class: "hint" }, name, t("已经放进来了，只是现在显示不出来。")),
      this.onRemove && el("button", { type: "button", class: "button plain", click: () => this.onRemove(id),
        "aria-label": t("删掉第{number}张照片", { number }) }, t("删掉这张")));
  }

  /** A thumbnail; pressed, it is as wide as the page, and as long as it takes. */
  picture(url, name, number) {
    const image = el("img", { src: url, alt: name, load: () => {
      const [short, long] = [image.naturalWidth, image.naturalHeight].sort((a, b) => a - b);
      image.classList.toggle("long", long > LONG * short);
    } });
    const open = el("button", { type: "button", class: "attach-open", "aria-expanded": "false",
      "aria-label": t("看第{number}张照片的大图", { number }), click: () => {
        const whole = open.parentNode.classList.toggle("whole");
        open.setAttribute("aria-expanded", String(whole));
        if (!whole) open.parentNode.scrollIntoView({ block: "nearest" });
      } }, image);
    return open;
  }

  remove(id) {
    const kept = this.shown.get(id);
    if (kept && kept.url) URL.revokeObjectURL(kept.url);
    if (kept && kept.node) kept.node.remove();
    this.shown.delete(id);
    this.hint.hidden = !this.size;
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
