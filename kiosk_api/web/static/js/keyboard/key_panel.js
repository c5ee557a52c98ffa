/* The panel with the keys: tabs above, the bar of choices, rows of keys or the pad for handwriting. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { LAYOUTS, tabs } from "./keyboard_layouts.js";

const WITH_CHOICES = ["pinyin", "hand"];
const BESIDE_PAD = ["{back}", "，", "。", "{space}", "{enter}"];
const MARGIN = 16;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Action → [what is on the key, its label where that says too little]. */
const faces = () => ({
  back: ["⌫", t("删一个字")], space: [t("空格"), ""], apart: ["'", t("隔开两个字的拼音")],
  english: [t("中/英"), t("换成字母")], chinese: [t("中/英"), t("换成中文")],
  shift: [t("大写"), ""], line: [t("换行"), ""],
});

export class KeyPanel extends Component {
  /** `choices` and `pad` are parts of it. `on` is called for {sign(text), action(name), tab(layout),
      hide(), escape()}. */
  constructor({ choices, pad, on }) {
    super(el("section", { class: "keys", "aria-label": t("屏幕键盘"), hidden: true }));
    Object.assign(this, { choices, pad, on });
  }

  init() {
    this.tabs = el("div", { class: "keys-tabs", role: "group", "aria-label": t("换键盘") });
    this.rows = el("div", { class: "keys-rows" });
    this.root.append(this.tabs, this.choices.root, this.rows);
    this.root.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.root.addEventListener("keydown", (event) => this.arrows(event));
  }

  /** `hand`: whether 手写 is offered; `enter`: the words on the Enter key. */
  draw({ layout, upper, hand, enter }) {
    Object.assign(this, { layout, upper, enter });
    this.tabs.replaceChildren(
      ...tabs().filter(([name]) => name !== "hand" || hand).map(([name, words]) => this.tab(name, words)),
      el("button", { type: "button", class: "tab hide", tabindex: "-1", click: () => this.on.hide() }, t("收起键盘")));
    this.root.dataset.layout = layout;
    if (layout === "hand") {
      this.rows.replaceChildren(this.pad.root,
        el("div", { class: "keys-side" }, BESIDE_PAD.map((sign) => this.key(sign))));
      this.pad.fit();
    } else {
      this.rows.replaceChildren(...LAYOUTS[layout].map((line) =>
        el("div", { class: "keys-row" }, line.split(" ").map((sign) => this.key(sign)))));
    }
    this.choices.root.hidden = !WITH_CHOICES.includes(layout);
    const stop = this.rows.querySelector("button"); // one stop for the Tab key, arrows go on from there
    if (stop) stop.tabIndex = 0;
  }

  tab(name, words) {
    return el("button", { type: "button", class: "tab", tabindex: "-1",
      "aria-pressed": String(name === this.layout), click: () => this.on.tab(name) }, words);
  }

  key(sign) {
    const [, name] = /^\{(\w+)\}$/.exec(sign) || [];
    if (!name) {
      const face = this.upper && this.layout === "latin" ? sign.toUpperCase() : sign;
      return el("button", { type: "button", class: "key", tabindex: "-1", click: () => this.on.sign(face) }, face);
    }
    const [face, label] = name === "enter" ? [this.enter, ""] : faces()[name];
    return el("button", { type: "button", class: `key act ${name}`, tabindex: "-1",
      click: () => this.on.action(name),
      "aria-label": label || false, "aria-pressed": name === "shift" && String(this.upper) }, face);
  }

  arrows(event) {
    const step = STEPS[event.key];
    if (event.key === "Escape") this.on.escape();
    if (!step) return;
    event.preventDefault();
    const all = [...this.root.querySelectorAll("button:not(:disabled)")];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  }

  /** Leave room for the panel at the bottom of the page. */
  makeRoom() {
    const page = document.documentElement;
    const height = this.root.hidden ? 0 : Math.ceil(innerHeight - this.root.getBoundingClientRect().top);
    page.style.setProperty("--keys", `${height}px`);
    page.classList.toggle("with-keys", height > 0);
  }

  /** Scroll so that the field is between the page's head and the keys, or the buttons of its form that stay above them. */
  reveal(field) {
    if (!field || this.root.hidden) return;
    const own = field.getBoundingClientRect();
    const whole = (field.closest(".field, .composer") || field).getBoundingClientRect();
    const dialog = field.closest("dialog[open]"); // it scrolls by itself
    const band = document.querySelector(".top");
    let head = band ? band.getBoundingClientRect().bottom : 0;
    if (dialog) head = dialog.getBoundingClientRect().top;
    const floor = this.root.getBoundingClientRect().top - heightOfMoves(field.form) - MARGIN;
    const box = whole.height < floor - head - 2 * MARGIN ? whole : own;  // with its label where both fit
    const over = box.bottom - floor;
    const under = Math.max(head, 0) + MARGIN - box.top;
    const frame = dialog || window;
    if (over > 0) frame.scrollBy({ top: Math.min(over, box.top - head - MARGIN), behavior: "instant" });
    else if (under > 0) frame.scrollBy({ top: -under, behavior: "instant" });
  }
}

/** What the buttons of a form take above the keys once they stick there: while the form begins lower, they do not yet. */
function heightOfMoves(form) {
  const first = form && form.querySelector(".moves button:not([hidden])");
  const moves = first && first.closest(".moves");
  if (!moves || getComputedStyle(moves).position !== "sticky") return 0;
  return moves.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
}
