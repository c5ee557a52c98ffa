/* Texts by their Chinese sentence. On an English page the server puts the words into the page. */

const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** The language of dates and numbers on this page. */
export const locale = document.documentElement.lang;

/** t("还有{days}天", {days: 3}): the sentence in the page's language, its {names} filled in. */
export function t(text, values = {}) {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
