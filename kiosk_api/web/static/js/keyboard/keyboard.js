/* The keyboard on the kiosk's own screen. It opens when a text field is touched, needs nothing but
   taps, and stays away on somebody's own phone. Keys never take the focus from the field. What is
   typed goes into the field only; nothing is kept or learnt. */

import { el } from "../core/dom.js";
import { Pad, isOffered } from "./handwriting.js";
import { t } from "../core/i18n.js";
import { Choices } from "./keyboard_choices.js";
import { erase, write } from "./keyboard_field.js";
import { LAYOUTS, TABS, isField, isNamed, keysFor } from "./keyboard_layouts.js";
import { MOST_LETTERS, candidates } from "./pinyin.js";
import { haveAll } from "./pinyin_words.js";

const root = document.documentElement;
const hall = matchMedia("(min-width: 900px) and (min-height: 600px) and (pointer: coarse)");
const AWAY_MS = 350;  // a tap on a button must land before the page moves
const MARGIN = 16;

let field = null;       // the field being written into
let layout = "pinyin";
let letters = "";       // pinyin not yet turned into signs
let upper = false;
let dismissed = false;  // hidden by the person: stays so until a field is touched again
let asked = 0;
let closing;

const choices = new Choices((one) => (layout === "hand" ? pickDrawn(one) : pick(one)));
const pad = new Pad((found) => choices.show("", found.map((text) => ({ text }))));
const tabs = el("div", { class: "keys-tabs", role: "group", "aria-label": t("换键盘") });
const rows = el("div", { class: "keys-rows" });
const panel = el("section", { class: "keys", "aria-label": t("屏幕键盘"), hidden: true }, tabs, choices.node, rows);
const opener = el("button", { type: "button", class: "keys-open", hidden: true, click: bringBack }, t("打开键盘"));

/** On in a hall; a page may also say data-keyboard="on" or "off" on its html element. */
const wanted = () => (root.dataset.keyboard ? root.dataset.keyboard === "on" : hall.matches);

const FACES = {
  back: ["⌫", t("删一个字")], space: [t("空格"), ""], apart: ["'", t("隔开两个字的拼音")],
  english: [t("中/英"), t("换成字母")], chinese: [t("中/英"), t("换成中文")],
  shift: [t("大写"), ""], line: [t("换行"), ""],
};
const ACTIONS = {
  back, space: () => (letters ? first() : type(" ")), apart: () => letters && spell("'"),
  english: () => open("latin"), chinese: () => open("pinyin"), shift, line: () => type("\n"), enter,
};

function first() {
  if (choices.list.length) pick(choices.list[0]);
}

function enterFace() {
  if (field?.enterKeyHint === "send") return t("发送");
  return field?.tagName === "TEXTAREA" ? t("换行") : t("完成");
}

function key(sign) {
  const name = /^\{(\w+)\}$/.exec(sign)?.[1];
  if (!name) {
    const face = upper && layout === "latin" ? sign.toUpperCase() : sign;
    return el("button", { type: "button", class: "key", tabindex: "-1", click: () => press(face) }, face);
  }
  const [face, label] = name === "enter" ? [enterFace(), ""] : FACES[name];
  return el("button", { type: "button", class: `key act ${name}`, tabindex: "-1", click: ACTIONS[name],
    "aria-label": label || false, "aria-pressed": name === "shift" && String(upper) }, face);
}

function draw() {
  tabs.replaceChildren(...TABS.filter(([name]) => name !== "hand" || isOffered()).map(([name, label]) =>
    el("button", { type: "button", class: "tab", tabindex: "-1", "aria-pressed": String(name === layout),
      click: () => open(name) }, t(label))),
  el("button", { type: "button", class: "tab hide", tabindex: "-1", click: hide }, t("收起键盘")));
  panel.dataset.layout = layout;
  if (layout === "hand") {
    rows.replaceChildren(pad.node, el("div", { class: "keys-side" },
      ["{back}", "，", "。", "{space}", "{enter}"].map(key)));
    pad.fit();
  } else {
    rows.replaceChildren(...LAYOUTS[layout].map((line) => el("div", { class: "keys-row" }, line.split(" ").map(key))));
  }
  choices.node.hidden = !["pinyin", "hand"].includes(layout);
  const stop = rows.querySelector("button");  // one stop for the Tab key, arrows go on from there
  if (stop) stop.tabIndex = 0;
}

function open(name) {
  layout = name;
  spellAnew("");
  pad.clear();
  draw();
  place();
}

function press(sign) {
  if (layout === "pinyin" && /[a-z]/.test(sign)) spell(sign);
  else type(sign);
}

/** Write text; letters still standing in the bar become their likeliest words first. */
function type(text) {
  if (letters) first();
  if (!field) return;
  write(field, text);
  if (layout === "hand") pad.clear();
}

function spell(letter) {
  if (letters.length < MOST_LETTERS) spellAnew(letters + letter);
}

async function spellAnew(text) {
  letters = text;
  const mine = ++asked;
  if (!text) return choices.show("", []);
  choices.typed.textContent = text;
  choices.node.classList.remove("empty");
  const before = field ? field.value.slice(0, field.selectionStart ?? 0) : "";
  const found = await candidates(text, { name: isNamed(field), before });
  if (mine === asked) choices.show(text, [...found, { text, used: text.length }]);
  return undefined;
}

function pick(one) {
  const rest = letters.slice(one.used).replace(/^'+/, "");
  if (field) write(field, one.text);
  spellAnew(rest);
  reveal();
}

function pickDrawn(one) {
  pad.clear();
  if (field) write(field, one.text);
  choices.show("", []);
}

function back() {
  if (letters) spellAnew(letters.slice(0, -1));
  else if (layout === "hand" && pad.undo()) return;
  else if (field) erase(field);
}

function shift() {
  upper = !upper;
  draw();
}

function enter() {
  if (letters) {
    const raw = letters.replaceAll("'", "");
    spellAnew("");
    if (field) write(field, raw);
  } else if (field?.enterKeyHint === "send") field.form?.requestSubmit();
  else if (field?.tagName === "TEXTAREA") type("\n");
  else hide();
}

function show(target) {
  clearTimeout(closing);
  if (!wanted()) return;
  if (field !== target) spellAnew("");
  field = target;
  field.setAttribute("virtualkeyboardpolicy", "manual");  // no second keyboard of the system's
  watch.disconnect();
  watch.observe(field, { attributes: true, attributeFilter: ["inputmode", "data-keys"] });
  if (dismissed) {
    opener.hidden = false;
    return;
  }
  const host = field.closest("dialog[open]") ?? document.body;
  if (panel.parentNode !== host) host.append(panel, opener);
  upper = field.autocapitalize === "characters";
  panel.hidden = false;
  opener.hidden = true;
  open(keysFor(field, root.lang));
}

// The talk changes what it asks for while its box keeps the focus.
const watch = new MutationObserver(() => {
  if (field && !panel.hidden) open(keysFor(field, root.lang));
});

function place() {
  const height = panel.hidden ? 0 : Math.ceil(innerHeight - panel.getBoundingClientRect().top);
  root.style.setProperty("--keys", `${height}px`);
  root.classList.toggle("with-keys", height > 0);
  reveal();
}

/** Scroll so that the field stands between the page's head and the keys. */
function reveal() {
  if (!field || panel.hidden) return;
  const own = field.getBoundingClientRect();
  const whole = (field.closest(".field, .composer") ?? field).getBoundingClientRect();
  const head = document.querySelector(".top")?.getBoundingClientRect().bottom ?? 0;
  const floor = panel.getBoundingClientRect().top - MARGIN;
  const box = whole.height < floor - head - 2 * MARGIN ? whole : own;  // with its label where both fit
  const over = box.bottom - floor;
  const under = Math.max(head, 0) + MARGIN - box.top;
  if (over > 0) scrollBy({ top: Math.min(over, box.top - head - MARGIN), behavior: "instant" });
  else if (under > 0) scrollBy({ top: -under, behavior: "instant" });
}

function close() {
  panel.hidden = true;
  spellAnew("");
  pad.clear();
  place();
}

function hide() {
  dismissed = true;
  close();
  opener.hidden = false;
  field?.focus();
}

function bringBack() {
  dismissed = false;
  field?.focus();
  if (field) show(field);
}

/** Gone from the fields for good: away with the keys, once the tap that did it has landed. */
function leave() {
  clearTimeout(closing);
  closing = setTimeout(() => {
    const now = document.activeElement;
    if (isField(now) || panel.contains(now) || opener.contains(now)) return;
    close();
    opener.hidden = true;
    field = null;
  }, AWAY_MS);
}

function arrows(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") field?.focus();
  if (!step) return;
  event.preventDefault();
  const all = [...panel.querySelectorAll("button:not(:disabled)")];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
}

for (const node of [panel, opener]) node.addEventListener("mousedown", (event) => event.preventDefault());
panel.addEventListener("keydown", arrows);
document.addEventListener("focusin", ({ target }) => { if (isField(target)) show(target); });
document.addEventListener("focusout", leave);
document.addEventListener("click", ({ target }) => {
  if (!isField(target)) return;
  dismissed = false;
  if (panel.hidden || field !== target) show(target);
});
addEventListener("resize", () => { if (!panel.hidden) { choices.draw(); place(); } });
new MutationObserver(() => { if (!panel.hidden) { draw(); choices.draw(); place(); } })
  .observe(root, { attributes: true, attributeFilter: ["data-mode"] });
document.body.append(panel, opener);
if (wanted()) {
  isOffered(() => { if (!panel.hidden) draw(); });
  (window.requestIdleCallback ?? setTimeout)(haveAll);
}
if (isField(document.activeElement)) show(document.activeElement);
