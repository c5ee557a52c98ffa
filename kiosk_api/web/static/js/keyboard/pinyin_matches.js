/* The words that letters may begin with: by full syllables, by initials, with the last syllable
   unfinished, and with similar sounds. Costs are natural logarithms of frequency. */

import { firstLetters, spellings } from "./pinyin_sounds.js";
import { root } from "./pinyin_words.js";

const ONLY_INITIAL = 3.2;
const UNFINISHED = 1.2;
const FULL_SYLLABLE = 1.8;    // more, when the letters are a syllable by themselves
const LIKE = 2.5;             // zh for z and so on
const NEVER_FIRST = /[iuv]/;  // no syllable begins with these, so they belong to the sign before

const isSyllable = (text) => {
  const same = root.from(text[0]);
  return Boolean(same) && same.has(text);
};

/** Ways in which `syllable` can begin at `at`: [letters used, cost, sounds that differ]. */
function ways(text, at, syllable, fuzzy) {
  const found = [];
  const stop = text.indexOf("'", at);
  const rest = text.slice(at, stop < 0 ? text.length : stop);
  const last = stop < 0;
  for (const [spelled, differ] of spellings(syllable)) {
    if (differ && !fuzzy) break;
    if (rest.startsWith(spelled)) {
      found.push([spelled.length, differ * LIKE, differ]);
    } else if (last && rest.length > 1 && spelled.startsWith(rest)) {
      const cost = UNFINISHED + (isSyllable(rest) ? FULL_SYLLABLE : 0);
      found.push([rest.length, differ * LIKE + cost, differ]);
    }
  }
  const used = initial(rest, syllable);
  if (used) found.push([used, ONLY_INITIAL, 0]);
  return found;
}

/** How many letters of `rest` may be the initial of `syllable` alone; 0 when they cannot be. */
function initial(rest, syllable) {
  if (rest[0] !== syllable[0] || syllable.length < 2) return 0;
  const used = syllable[1] === "h" && rest[1] === "h" ? 2 : 1;
  return NEVER_FIRST.test(rest[used] || "") ? 0 : used;
}

/** Calls `found(end, node, cost, syllables, differ)` for every word of the list that begins at `start`;
    `differ` sounds are only similar to those typed. */
export function matches(text, start, fuzzy, found) {
  const step = (node, at, cost, syllables, differ) => {
    for (const letter of firstLetters(text[at], fuzzy)) {
      for (const [syllable, next] of node.from(letter) || []) {
        for (const [used, more, unlike] of ways(text, at, syllable, fuzzy)) {
          const end = at + used + (text[at + used] === "'" ? 1 : 0);
          if (next.raw) found(end, next, cost + more, syllables + 1, differ + unlike);
          if (end < text.length && next.kids.size) {
            step(next, end, cost + more, syllables + 1, differ + unlike);
          }
        }
      }
    }
  };
  step(root, start, 0, 0, 0);
}
