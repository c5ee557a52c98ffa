/* Which keys are where. A key is a character, or the name of an action in braces. */

import { t } from "../core/i18n.js";

export const MOST_LETTERS = 60; // of pinyin that are read together
const LETTERS = ["q w e r t y u i o p", "a s d f g h j k l"];

export const LAYOUTS = {
  digits: ["1 2 3", "4 5 6", "7 8 9", "X 0 {back}", "- . {enter}"],
  pinyin: [...LETTERS, "{apart} z x c v b n m {back}", "{english} ， {space} 。 {enter}"],
  latin: ["1 2 3 4 5 6 7 8 9 0", ...LETTERS, "{shift} z x c v b n m {back}", "{chinese} - {space} . {enter}"],
  marks: ["， 。 、 ？ ！ ： ； … —", "“ ” （ ） 《 》 · ~ ￥", "- _ / # @ . , : %", "+ = & * {line} {back}",
    "{chinese} {space} {enter}"],
};

/** [layout, words] of the tabs from left to right; 手写 is left out where the office's computer cannot read it. */
export const tabs = () => [["pinyin", t("拼音")], ["hand", t("手写")], ["latin", t("字母")], ["digits", t("数字")],
  ["marks", t("标点")]];

const DIGITS = new Set(["tel", "numeric", "decimal"]);
const KNOWN = new Set(["pinyin", "hand", "latin", "digits", "marks"]);
const FOR_NAME = [[/(id_number|phone|phone_tail|amount)$/, "digits"], [/(case_number|^code)$/, "latin"]];
const WRITABLE = new Set(["text", "search", "tel", "url", "email", "password", "number"]);

/** Whether somebody can type into this element. */
export function isField(node) {
  if (!(node instanceof HTMLElement) || node.matches(":disabled, [readonly]")) return false;
  return node.tagName === "TEXTAREA" || (node.tagName === "INPUT" && WRITABLE.has(node.type));
}

/** Whether a person's name is asked for. */
export const asksForName = (field) => Boolean(field)
  && (field.dataset.keys === "name" || /(^|[._-])name$/.test(field.name || ""));

/** The keys to begin with: what the page says first, else what the field is for. */
export function keysFor(field, language) {
  if (KNOWN.has(field.dataset.keys)) return field.dataset.keys;
  if (DIGITS.has(field.inputMode) || ["tel", "number"].includes(field.type)) return "digits";
  const known = FOR_NAME.find(([pattern]) => pattern.test(field.name));
  if (known) return known[1];
  const latin = ["email", "url", "password"].includes(field.type) || field.autocapitalize === "characters";
  return latin || language === "en" ? "latin" : "pinyin";
}
