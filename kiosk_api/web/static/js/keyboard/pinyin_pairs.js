/* How much likelier a word is after another than at large, learned from this project's own sentences
   by nlu_data/dictionary/pairs.py; the format is described there. Without the file nothing is likelier. */

const FILE = new URL("../../pinyin/pairs.txt", import.meta.url);
const START = "^";      // the word is preceded by nothing or a mark
const NUMBER = "#";
const BACK_STEP = 4;    // letters for each factor e
const GAIN_STEP = 2;
const LONGEST = 4;      // signs of a word looked for before the caret, as in TAIL
const TAIL = /[\u4e00-\u9fff]{0,4}$/;
const FOLLOWERS = /([^a-z]+)([a-z])/gy;
const NOTHING = { back: 0, gains: new Map() };

const lines = new Map();  // word → its line, a string until it is needed
let coming = null;

const value = (letter, step) => (letter.charCodeAt(0) - 97) / step;

/** Take in the text of the file. */
export function addPairs(text) {
  for (const line of text.split("\n")) {
    const tab = line.indexOf("\t");
    if (tab > 0) lines.set(line.slice(0, tab), line.slice(tab + 1));
  }
}

/** What may follow `word`: {back: cost of all other words, gains: Map(word → gain over `back`)}. */
export function after(word) {
  const known = lines.get(word);
  if (typeof known !== "string") return known || NOTHING;
  const gains = new Map();
  for (const [, next, gain] of known.slice(1).matchAll(FOLLOWERS)) gains.set(next, value(gain, GAIN_STEP));
  const found = { back: value(known, BACK_STEP), gains };
  lines.set(word, found);
  return found;
}

/** The word that `before`, the text up to the caret, ends with. */
export function lastWord(before) {
  if (/\d$/.test(before)) return NUMBER;
  const tail = TAIL.exec(before)[0];
  for (let many = Math.min(LONGEST, tail.length); many > 1; many -= 1) {
    if (lines.has(tail.slice(-many))) return tail.slice(-many);
  }
  return tail.slice(-1) || START;
}

/** Fetch the pairs, or go on without them; the next key tries again. */
export function loadPairs() {
  if (!coming) coming = fetch(FILE).then(async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    addPairs(await answer.text());
  }).catch(() => { coming = null; });
  return coming;
}
