/* A phone number as it was typed: the number and its extension apart. For showing only: the server decides
   what is a number (domain/phones.py). */

import { t } from "./i18n.js";

// Begins an extension: \u8f6c and \u8f49 (put through), \u63a5, \u5206 (as in fenji), \u5185, \u5167 (inside), ext, #
const NAMED = /[\u8f6c\u8f49\u63a5\u5206\u5185\u5167ex#*,;]/i;
const HUNG_ON = /[-(](\d{2,6})\)?$/; // …-8001, …(8001)
const MOST_DIGITS = 12; // of a number in the country with its area code

/** "025-58881234转8001" → {number: "025-58881234", extension: "8001"}; without one the extension is "". */
export function phoneParts(typed) {
  const text = typed.normalize("NFKC").trim().replace(/^tel:/i, "");
  const at = text.search(NAMED);
  if (at > 0) return { number: withoutEnd(text.slice(0, at)), extension: digits(text.slice(at)) };
  const hung = digits(text).length > MOST_DIGITS && !text.startsWith("+") ? HUNG_ON.exec(text) : null;
  if (hung) return { number: withoutEnd(text.slice(0, hung.index)), extension: hung[1] };
  return { number: text, extension: "" };
}

/** The last four digits of the number itself. */
export const phoneTail = (typed) => digits(phoneParts(typed).number).slice(-4);

/** "025-58881234转8001" → "********1234转8001", `cover` being what covers a number. */
export function maskedPhone(typed, cover) {
  const { number, extension } = phoneParts(typed);
  return extension ? cover(number) + t("转{extension}", { extension }) : cover(typed);
}

const digits = (text) => text.replace(/\D/g, "");

const withoutEnd = (text) => {
  let end = text.length;
  while (end && " -(.".includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
};
