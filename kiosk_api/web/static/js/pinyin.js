/* From typed letters to Chinese: words by full pinyin, by initials, with the last syllable unfinished;
   sentences out of the likeliest words (least cost over all ways to cut the letters). */

import { names } from "./pinyin_names.js";
import { have, root } from "./pinyin_words.js";

export const MOST_LETTERS = 40;
const ONLY_INITIAL = 3.2;   // costs, in natural logarithms of frequency
const UNFINISHED = 1.2;
const FULL_SYLLABLE = 1.5;    // more, when what stands there is a syllable by itself
const PHRASE_GAIN = 1.5;      // of each further sign of a word that takes all letters
const NAMES_ELSEWHERE = 2;
const NAMES_FIRST = 6;
const LIKE = 2.5;           // zh for z and the like
const LETTER_GAIN = 5;      // of two beginnings the one that uses more letters is shown first
const KEPT = 4;             // sentences followed at each place
const WORDS_EACH = 4;
const MOST_SHOWN = 200;
const NEVER_FIRST = /[iuv]/;  // no syllable begins with these, so they belong to the sign before
const TWINS = [[/^(zh|z)/, ["zh", "z"]], [/^(ch|c)/, ["ch", "c"]], [/^(sh|s)/, ["sh", "s"]],
  [/^(n|l)/, ["n", "l"]]];

const likeCache = new Map();

/** The spelling that many people hear as the same, or "". */
function alike(syllable) {
  let found = likeCache.get(syllable);
  if (found === undefined) {
    const [begin, pair] = TWINS.find(([pattern]) => pattern.test(syllable)) ?? [];
    const own = begin?.exec(syllable)[1];
    found = own ? pair.find((one) => one !== own) + syllable.slice(own.length) : "";
    likeCache.set(syllable, found);
  }
  return found;
}

const isSyllable = (text) => root.from(text[0])?.has(text) ?? false;

/** Ways in which `syllable` can stand at `at`: [letters used, cost] pairs, exact ones first. */
function ways(text, at, syllable, fuzzy) {
  const found = [];
  const stop = text.indexOf("'", at);
  const rest = text.slice(at, stop < 0 ? text.length : stop);
  const last = stop < 0;
  const spellings = fuzzy && alike(syllable) ? [[syllable, 0], [alike(syllable), LIKE]] : [[syllable, 0]];
  for (const [spelled, cost] of spellings) {
    if (rest.startsWith(spelled)) found.push([spelled.length, cost]);
    else if (last && rest.length > 1 && spelled.startsWith(rest)) found.push([rest.length, cost + UNFINISHED + (isSyllable(rest) ? FULL_SYLLABLE : 0)]);
  }
  if (rest[0] === syllable[0] && syllable.length > 1) {
    const used = syllable[1] === "h" && rest[1] === "h" ? 2 : 1;
    if (!NEVER_FIRST.test(rest[used] ?? "")) found.push([used, ONLY_INITIAL]);
  }
  return found;
}

/** Calls `found(end, node, cost, syllables)` for every word of the list that begins at `start`. */
function matches(text, start, fuzzy, found) {
  const step = (node, at, cost, syllables) => {
    const letter = text[at];
    const groups = [node.from(letter)];
    if (fuzzy && (letter === "n" || letter === "l")) groups.push(node.from(letter === "n" ? "l" : "n"));
    for (const group of groups) {
      if (!group) continue;
      for (const [syllable, next] of group) {
        for (const [used, more] of ways(text, at, syllable, fuzzy)) {
          let end = at + used;
          if (text[end] === "'") end += 1;
          if (next.raw) found(end, next, cost + more, syllables + 1);
          if (end < text.length && next.kids.size) step(next, end, cost + more, syllables + 1);
        }
      }
    }
  };
  step(root, start, 0, 0);
}

/** The cheapest words at each end, for building sentences. */
function cheapest(text, start, fuzzy) {
  const byEnd = new Map();
  matches(text, start, fuzzy, (end, node, cost) => {
    const list = byEnd.get(end) ?? byEnd.set(end, new Map()).get(end);
    for (const [word, own] of node.words.slice(0, WORDS_EACH)) {
      if (!(list.get(word) <= own + cost)) list.set(word, own + cost);
    }
  });
  return byEnd;
}

/** Up to KEPT ways to read all of the letters as several words: [text, cost], cheapest first. */
function sentences(text, fuzzy) {
  const best = Array.from({ length: text.length + 1 }, () => []);
  best[0].push(["", 0]);
  for (let at = 0; at < text.length; at += 1) {
    if (!best[at].length) continue;
    for (const [end, words] of cheapest(text, at, fuzzy)) {
      const top = [...words].sort((a, b) => a[1] - b[1]).slice(0, WORDS_EACH);
      for (const [before, spent] of best[at]) {
        for (const [word, cost] of top) keep(best[end], before + word, spent + cost);
      }
    }
  }
  return best[text.length];
}

function keep(list, text, cost) {
  const known = list.find((one) => one[0] === text);
  if (known) {
    known[1] = Math.min(known[1], cost);
  } else if (list.length < KEPT || cost < list.at(-1)[1]) {
    list.push([text, cost]);
  } else {
    return;
  }
  list.sort((a, b) => a[1] - b[1]);
  if (list.length > KEPT) list.pop();
}

/** What the letters may mean: [{text, used}], best first; `used` letters go when it is chosen.
    `name` puts people's names first, `fuzzy` takes z for zh, c, s, n for l and the other way round.
    Letters are a-z, v for ü, ' between syllables. Only words already fetched are known. */
export function read(letters, { fuzzy = true, name = false } = {}) {
  const text = letters.slice(0, MOST_LETTERS);
  const whole = new Map();
  const begin = new Map();
  matches(text, 0, fuzzy, (end, node, cost, signs) => {
    const into = end === text.length ? whole : begin;
    const gain = end === text.length ? PHRASE_GAIN * (signs - 1) : LETTER_GAIN * end;
    for (const [word, own] of node.words) {
      const total = own + cost - gain;
      const known = into.get(word);
      if (!known || total < known.cost) into.set(word, { text: word, used: end, cost: total });
    }
  });
  const people = names(text).slice(0, name ? NAMES_FIRST : NAMES_ELSEWHERE);
  const single = whole.size > 0;
  for (const [words, cost] of sentences(text, fuzzy)) {
    if (!whole.has(words)) whole.set(words, { text: words, used: text.length, cost });
  }
  const order = (found) => [...found.values()].sort((a, b) => a.cost - b.cost);
  const first = order(whole);
  const called = people.filter((one) => !whole.has(one)).map((one) => ({ text: one, used: text.length }));
  if (name) first.unshift(...called);
  else if (!single) first.splice(1, 0, ...called);
  return [...first, ...order(begin).filter((one) => !whole.has(one.text))]
    .slice(0, MOST_SHOWN).map(({ text: words, used }) => ({ text: words, used }));
}

/** The same, once the words needed are there. */
export async function candidates(letters, options) {
  await have(letters.slice(0, MOST_LETTERS) + (/[nl]/.test(letters) ? "nl" : ""));
  return read(letters, options);
}
