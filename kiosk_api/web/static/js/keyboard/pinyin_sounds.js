/* Which letters may stand for a syllable: its spelling, the ways in which many write ü, and spellings
   that sound the same to many (z zh, c ch, s sh, n l, f h, an ang, en eng, in ing). */

const TWIN_BEGINNINGS = [["zh", "z"], ["ch", "c"], ["sh", "s"], ["n", "l"], ["f", "h"]];
const TWIN_ENDING = /[aei]ng?$/;
const OTHER_FILE = { n: "l", l: "n", f: "h", h: "f" };  // words are in files by first letter
const SYLLABLE = /^([zcs]h|[^aeiouv]?)(.+)$/;

const known = new Map();

function otherBeginning(begin) {
  const pair = TWIN_BEGINNINGS.find((one) => one.includes(begin));
  return pair && pair.find((one) => one !== begin);
}

function otherEnding(final) {
  if (!TWIN_ENDING.test(final)) return undefined;
  return final.endsWith("g") ? final.slice(0, -1) : `${final}g`;
}

/** [spelling, how many sounds differ] of one syllable, the exact ones first. */
export function spellings(syllable) {
  let found = known.get(syllable);
  if (found) return found;
  found = [[syllable, 0]];
  if (/^[nl]ve$/.test(syllable)) found.push([syllable.replace("v", "u"), 0]);  // lue for lüe
  if (/^[jqxy]u/.test(syllable)) found.push([syllable.replace("u", "v"), 0]);  // jv for ju
  const [, begin, final] = SYLLABLE.exec(syllable) || [];
  const beginning = otherBeginning(begin);
  const ending = final && otherEnding(final);
  if (beginning) found.push([beginning + final, 1]);
  if (ending) found.push([begin + ending, 1]);
  if (beginning && ending) found.push([beginning + ending, 2]);
  known.set(syllable, found);
  return found;
}

/** First letters of the syllables that `letter` may begin. */
export function firstLetters(letter, fuzzy) {
  const other = fuzzy && OTHER_FILE[letter];
  return other ? [letter, other] : [letter];
}

/** The letters, and those that may be meant by them. */
export const sameSounding = (letters) => letters + Array.from(letters, (one) => OTHER_FILE[one] || "").join("");
