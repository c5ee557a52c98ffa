/* Sentences out of the likeliest words: least cost over all ways to cut the letters, where a word's
   cost depends on the word before it. */

import { matches } from "./pinyin_matches.js";
import { after, lastWord } from "./pinyin_pairs.js";

const KEPT = 6;        // sentences followed at each place,
const KEPT_LIKE = 3;   // and of those with a similar sound
const WORDS_EACH = 6;  // words of one reading
const WORDS_TO = 8;    // words from one place to another

/** The cheapest words at each end: end → [[word, cost, differ]]. */
function cheapest(text, start, fuzzy) {
  const byEnd = new Map();
  matches(text, start, fuzzy, (end, node, cost, _, differ) => {
    const known = byEnd.get(end) || byEnd.set(end, new Map()).get(end);
    for (const [word, own] of node.words.slice(0, WORDS_EACH)) {
      const [, least = Infinity] = known.get(word) || [];
      if (least > own + cost) known.set(word, [word, own + cost, differ]);
    }
  });
  for (const [end, words] of byEnd) {
    byEnd.set(end, [...words.values()].sort((a, b) => a[1] - b[1]).slice(0, WORDS_TO));
  }
  return byEnd;
}

/** Put `one` into the list in its place; of two with the same text the cheaper stays. */
function keep(list, one, most) {
  if (list.length === most && one.cost >= list[most - 1].cost) return;
  const same = list.findIndex((other) => other.text === one.text);
  if (same >= 0 && list[same].cost <= one.cost) return;
  if (same >= 0) list.splice(same, 1);
  let place = list.length;
  while (place > 0 && list[place - 1].cost > one.cost) place -= 1;
  list.splice(place, 0, one);
  if (list.length > most) list.pop();
}

/** Ways to read all of the letters behind the text `before`: [{text, cost, differ, first}], where
    `first` is [first word, its end] and `differ` tells how many sounds are only similar; exact ones first. */
export function sentences(text, fuzzy, before) {
  const best = Array.from({ length: text.length + 1 }, () => [[], []]);
  best[0][0].push({ text: "", last: lastWord(before), cost: 0, differ: 0, first: null });
  for (let at = 0; at < text.length; at += 1) {
    const here = best[at].flat();
    if (!here.length) continue;
    const following = here.map(({ last }) => after(last));
    for (const [end, words] of cheapest(text, at, fuzzy)) {
      here.forEach((one, place) => {
        const { back, gains } = following[place];
        for (const [word, own, unlike] of words) {
          const differ = one.differ + unlike;
          keep(best[end][differ ? 1 : 0], {
            text: one.text + word, last: word, differ, first: one.first || [word, end],
            cost: one.cost + own + back - (gains.get(word) || 0),
          }, differ ? KEPT_LIKE : KEPT);
        }
      });
    }
  }
  return best[text.length].flat();
}
