/* The word list of the keyboard as a tree of syllables, fetched by first letter when it is needed.
   Made by nlu_data/dictionary/build.py; the format is described there. */

const FOLDER = new URL("../../pinyin/", import.meta.url);
const LETTERS = "abcdefghjklmnopqrstwxyz";
const LOG_TOTAL = 18;     // natural logarithm of all frequencies together
const STEP = 1.5;         // letters of weight for each factor e
const WORDS = /([^a-z]+)([a-z])/gy;

class Node {
  constructor() {
    this.kids = new Map();  // first letter → Map(syllable → Node)
    this.raw = "";
    this.known = null;
  }

  /** The syllables that may follow and begin with `letter`. */
  from(letter) {
    return this.kids.get(letter);
  }

  /** [word, cost] pairs, cheapest first; a cost is minus the logarithm of the word's share. */
  get words() {
    if (!this.known) this.known = Array.from(this.raw.matchAll(WORDS), ([, word, weight]) =>
      [word, LOG_TOTAL - (weight.charCodeAt(0) - 97) / STEP]);
    return this.known;
  }
}

export const root = new Node();
const coming = new Map();

/** Put the text of one file into the tree. */
export function add(text) {
  for (const line of text.split("\n")) {
    const tab = line.indexOf("\t");
    if (tab < 0) continue;
    let node = root;
    for (const syllable of line.slice(0, tab).split("'")) {
      const letter = syllable[0];
      let group = node.kids.get(letter);
      if (!group) node.kids.set(letter, (group = new Map()));
      let next = group.get(syllable);
      if (!next) group.set(syllable, (next = new Node()));
      node = next;
    }
    node.raw = line.slice(tab + 1);
  }
}

async function fetchLetter(letter) {
  try {
    const answer = await fetch(new URL(`${letter}.txt`, FOLDER));
    if (!answer.ok) throw new Error(String(answer.status));
    add(await answer.text());
  } catch {
    coming.delete(letter);  // network away: the next key tries again
  }
}

/** Fetch the words of every letter in `letters` that begins a syllable. */
export function load(letters) {
  const wanted = [...new Set(letters)].filter((one) => LETTERS.includes(one));
  return Promise.all(wanted.map((one) => {
    if (!coming.has(one)) coming.set(one, fetchLetter(one));
    return coming.get(one);
  }));
}

/** All files, one after the other, so that keys pressed meanwhile do not wait. */
export async function loadAll() {
  for (const letter of LETTERS) {
    await load(letter);
    await new Promise((done) => setTimeout(done, 0));
  }
}
