/* From typed letters to Chinese: single words, people's names, whole sentences, and words that take
   only the first of the letters. What sounds only similar comes after what was typed exactly. */

import { matches } from "./pinyin_matches.js";
import { names } from "./pinyin_names.js";
import { after, loadPairs, lastWord } from "./pinyin_pairs.js";
import { sentences } from "./pinyin_sentences.js";
import { sameSounding } from "./pinyin_sounds.js";
import { MOST_LETTERS } from "./keyboard_layouts.js";
import { load } from "./pinyin_words.js";

export { loadAll } from "./pinyin_words.js";

const PHRASE_GAIN = 2;      // of each further sign of a word that takes all letters
const LETTER_GAIN = 5;        // of two beginnings the one that uses more letters is shown first
const NAMES_ELSEWHERE = 2;
const NAMES_FIRST = 6;
const MOST_SHOWN = 200;

/** Words of the list: [those that take all letters, those that take the first of them]. `spelled` ones
    are typed in full and exactly. */
function single(text, fuzzy, before) {
  const whole = new Map();
  const begin = new Map();
  const { back, gains } = after(lastWord(before));
  matches(text, 0, fuzzy, (end, node, cost, signs, differ) => {
    const all = end === text.length;
    const gain = all ? PHRASE_GAIN * (signs - 1) : LETTER_GAIN * end;
    const into = all ? whole : begin;
    for (const [word, own] of node.words) {
      const one = { text: word, used: end, differ, spelled: !cost, cost: own + cost - gain + back - (gains.get(word) || 0) };
      if (!into.has(word) || inOrder(one, into.get(word)) < 0) into.set(word, one);
    }
  });
  return [whole, begin];
}

/** Exact sounds before similar ones, then the cheaper first. */
const inOrder = (a, b) => (a.differ > 0) - (b.differ > 0) || a.cost - b.cost;

/** What the letters may mean: [{text, used}], best first; `used` letters go when it is chosen.
    `before` is the text before the caret, `name` puts people's names first, `fuzzy` takes z for zh,
    an for ang and so on. Letters are a-z, v for ü, ' between syllables. Only words already fetched
    are known. */
export function read(letters, { fuzzy = true, name = false, before = "" } = {}) {
  const text = letters.slice(0, MOST_LETTERS);
  const [whole, begin] = single(text, fuzzy, before);
  const isWord = [...whole.values()].some((one) => !one.differ);
  const found = sentences(text, fuzzy, before);
  for (const { text: words, cost, differ } of found) {
    if (!whole.has(words)) whole.set(words, { text: words, used: text.length, spelled: false, cost, differ });
  }
  const first = withNames(whole, text, { name, isWord });
  const [opening, end] = (found.length && found[0].first) || [];
  if (end < text.length) begin.delete(opening);
  const rest = [...begin.values()].filter((one) => !whole.has(one.text)).sort(inOrder);
  if (end < text.length) rest.unshift({ text: opening, used: end });
  return [...first, ...rest].slice(0, MOST_SHOWN).map(({ text: words, used }) => ({ text: words, used }));
}

/** What takes all letters, best first; people's names lead in a field for names, and are second where the
    letters are no word. Names are taken out of `whole`. */
function withNames(whole, text, { name, isWord }) {
  const people = names(text).slice(0, name ? NAMES_FIRST : NAMES_ELSEWHERE);
  for (const one of name ? people : []) whole.delete(one);
  const first = [...whole.values()].sort((a, b) => b.spelled - a.spelled || a.cost - b.cost);
  const named = people.filter((one) => !whole.has(one)).map((one) => ({ text: one, used: text.length }));
  if (name) first.unshift(...named);
  else if (!isWord) first.splice(1, 0, ...named);
  return first;
}

/** The same, once the words needed have been fetched. */
export async function candidates(letters, options) {
  await Promise.all([loadPairs(), load(sameSounding(letters.slice(0, MOST_LETTERS)))]);
  return read(letters, options);
}
