/* The keyboard on the kiosk's own screen. It opens when a text field is touched, needs nothing but
   taps, and does not appear on somebody's own phone. Keys never take the focus from the field. What is
   typed goes into the field only; nothing is kept or learnt. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { HandwritingOffer, Pad } from "./handwriting.js";
import { KeyPanel } from "./key_panel.js";
import { Choices } from "./keyboard_choices.js";
import { erase, write } from "./keyboard_field.js";
import { asksForName, isField, keysFor } from "./keyboard_layouts.js";
import { PinyinEntry } from "./pinyin_entry.js";

const AWAY_MS = 350;  // a tap on a button must reach it before the page moves

/** The root is the html element; it may say data-keyboard="on" or "off". */
export class Keyboard extends Component {
  constructor(root) {
    super(root);
    this.field = null;       // the field being written into
    this.layout = "pinyin";
    this.upper = false;
    this.dismissed = false;  // hidden by the person: stays so until a field is touched again
  }

  init() {
    this.hall = matchMedia("(min-width: 900px) and (min-height: 600px) and (pointer: coarse)");
    this.hand = new HandwritingOffer();
    this.choices = Choices.make((one) => (this.layout === "hand" ? this.pickDrawn(one) : this.pick(one)));
    this.pad = Pad.make((found) => this.choices.show("", found.map((text) => ({ text }))));
    this.entry = new PinyinEntry(this.choices, () => this.context());
    this.actions = this.makeActions();
    this.panel = KeyPanel.make({ choices: this.choices, pad: this.pad, on: {
      sign: (sign) => this.press(sign), action: (name) => this.actions[name](),
      tab: (name) => this.open(name), hide: () => this.hide(), escape: () => this.field && this.field.focus(),
    } });
    this.opener = el("button", { type: "button", class: "keys-open", hidden: true,
      click: () => this.bringBack(), mousedown: (event) => event.preventDefault() }, t("打开键盘"));
    this.listen();
    document.body.append(this.panel.root, this.opener);
    if (this.wanted) {
      this.hand.ask(() => { if (this.isOpen) this.draw(); });
      (window.requestIdleCallback || setTimeout)(() => this.entry.prepare());
    }
    if (isField(document.activeElement)) this.show(document.activeElement);
  }

  listen() {
    document.addEventListener("focusin", ({ target }) => {
      if (isField(target)) this.show(target);
      else if (!this.pressed && this.isAway()) this.putAway();
    });
    document.addEventListener("focusout", () => this.leave());
    for (const name of ["pointerdown", "click", "pointercancel"]) {
      addEventListener(name, () => { this.pressed = name === "pointerdown"; }, true);
    }
    document.addEventListener("click", ({ target }) => {
      if (!isField(target)) return;
      this.dismissed = false;
      if (!this.isOpen || this.field !== target) this.show(target);
    });
    const drawAll = () => { this.draw(); this.choices.draw(); this.place(); };
    addEventListener("resize", () => { if (this.isOpen) { this.choices.draw(); this.place(); } });
    new MutationObserver(() => { if (this.isOpen) drawAll(); })
      .observe(this.root, { attributes: true, attributeFilter: ["data-mode"] });
    // The talk changes what it asks for while its box keeps the focus.
    this.fieldWatch = new MutationObserver(() => { if (this.field && this.isOpen) this.openForField(); });
  }

  makeActions() {
    return {
      back: () => this.back(),
      space: () => (this.entry.letters ? this.pickFirst() : this.type(" ")),
      apart: () => { if (this.entry.letters) this.entry.add("'"); },
      english: () => this.open("latin"),
      chinese: () => this.open("pinyin"),
      shift: () => { this.upper = !this.upper; this.draw(); },
      line: () => this.type("\n"),
      enter: () => this.enter(),
    };
  }

  /** On in a hall, unless the page says otherwise. */
  get wanted() {
    const { keyboard } = this.root.dataset;
    return keyboard ? keyboard === "on" : this.hall.matches;
  }

  get isOpen() {
    return !this.panel.root.hidden;
  }

  /** What helps to read the letters: whether a name is asked for, and the text before the caret. */
  context() {
    const { field } = this;
    return { name: asksForName(field), before: field ? field.value.slice(0, field.selectionStart || 0) : "" };
  }

  draw() {
    const { layout, upper } = this;
    this.panel.draw({ layout, upper, hand: this.hand.isThere, enter: this.enterWords() });
  }

  enterWords() {
    const { enterKeyHint, tagName } = this.field || {};
    if (enterKeyHint === "send") return t("发送");
    return tagName === "TEXTAREA" ? t("换行") : t("完成");
  }

  open(layout) {
    this.layout = layout;
    this.entry.clear();
    this.pad.clear();
    this.draw();
    this.place();
  }

  openForField() {
    this.open(keysFor(this.field, this.root.lang));
  }

  press(sign) {
    if (this.layout === "pinyin" && /[a-z]/.test(sign)) this.entry.add(sign);
    else this.type(sign);
  }

  /** Write text; letters still in the bar become their likeliest words first. */
  type(text) {
    if (this.entry.letters) this.pickFirst();
    if (!this.field) return;
    write(this.field, text);
    if (this.layout === "hand") this.pad.clear();
  }

  pickFirst() {
    const [first] = this.choices.list;
    if (first) this.pick(first);
  }

  pick(choice) {
    if (this.field) write(this.field, choice.text);
    this.entry.use(choice);
    this.panel.reveal(this.field);
  }

  pickDrawn(choice) {
    this.pad.clear();
    if (this.field) write(this.field, choice.text);
    this.choices.show("", []);
  }

  back() {
    if (this.entry.back()) return;
    if (this.layout === "hand" && this.pad.undo()) return;
    if (this.field) erase(this.field);
  }

  enter() {
    const { field } = this;
    if (this.entry.letters) {
      const raw = this.entry.letters.replace(/'/g, "");
      this.entry.clear();
      if (field) write(field, raw);
    } else if (field && field.enterKeyHint === "send" && field.form) field.form.requestSubmit();
    else if (field && field.tagName === "TEXTAREA") this.type("\n");
    else this.hide();
  }

  show(field) {
    clearTimeout(this.closing);
    if (!this.wanted) return;
    if (this.field !== field) this.entry.clear();
    this.field = field;
    field.setAttribute("virtualkeyboardpolicy", "manual");  // no second keyboard of the system's
    this.fieldWatch.disconnect();
    this.fieldWatch.observe(field, { attributes: true, attributeFilter: ["inputmode", "data-keys"] });
    if (this.dismissed) {
      this.opener.hidden = false;
      return;
    }
    const host = field.closest("dialog[open]") || document.body;
    if (this.panel.root.parentNode !== host) host.append(this.panel.root, this.opener);
    this.upper = field.autocapitalize === "characters";
    this.panel.root.hidden = false;
    this.opener.hidden = true;
    this.openForField();
  }

  place() {
    this.panel.makeRoom();
    this.panel.reveal(this.field);
  }

  close() {
    this.panel.root.hidden = true;
    this.entry.clear();
    this.pad.clear();
    this.place();
  }

  hide() {
    this.dismissed = true;
    this.close();
    this.opener.hidden = false;
    if (this.field) this.field.focus();
  }

  bringBack() {
    this.dismissed = false;
    if (this.field) this.field.focus();
    if (this.field) this.show(this.field);
  }

  /** No field has the focus any more: put the keys away, once the tap that did it has reached its target. */
  leave() {
    clearTimeout(this.closing);
    this.closing = setTimeout(() => { if (this.isAway()) this.putAway(); }, AWAY_MS);
  }

  isAway() {
    const now = document.activeElement;
    return !isField(now) && !this.panel.root.contains(now) && !this.opener.contains(now);
  }

  /** At once where the page itself moved the focus: at the next question of the form. */
  putAway() {
    clearTimeout(this.closing);
    this.close();
    this.opener.hidden = true;
    this.field = null;
  }
}
