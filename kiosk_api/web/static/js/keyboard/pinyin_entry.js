/* Letters typed in pinyin that are not yet turned into signs, and the choices they give. */

import { MOST_LETTERS } from "./keyboard_layouts.js";

export class PinyinEntry {
  /** `choices` shows what the letters may mean; `context()` gives {name, before} of the field. */
  constructor(choices, context) {
    Object.assign(this, { choices, context });
    this.letters = "";
    this.loaded = null;
    this.asked = 0; // only the latest letters may change the choices
  }

  add(letter) {
    if (this.letters.length < MOST_LETTERS) this.set(this.letters + letter);
  }

  /** What reads pinyin: loaded only where there is a keyboard, and kept, so that a key need not wait for
      more than its words. */
  reader() {
    if (!this.loaded) this.loaded = import("./pinyin.js").catch((error) => {
      this.loaded = null;
      throw error;
    });
    return this.loaded;
  }

  /** Load the reader and its words, so that the first key need not wait for them. */
  async prepare() {
    try {
      await (await this.reader()).loadAll();
    } catch {
      /* network away: the first key tries again */
    }
  }

  /** Take the last letter away; false when there is none. */
  back() {
    if (!this.letters) return false;
    this.set(this.letters.slice(0, -1));
    return true;
  }

  /** Drop the letters that `choice` used. */
  use(choice) {
    this.set(this.letters.slice(choice.used).replace(/^'+/, ""));
  }

  clear() {
    this.set("");
  }

  async set(letters) {
    this.letters = letters;
    this.asked += 1;
    const mine = this.asked;
    if (!letters) {
      this.choices.show("", []);
      return;
    }
    this.choices.showTyped(letters);
    const found = await this.read(letters, this.context());
    if (mine === this.asked) this.choices.show(letters, [...found, { text: letters, used: letters.length }]);
  }

  async read(letters, context) {
    try {
      return await (await this.reader()).candidates(letters, context);
    } catch {
      return []; // network away: the letters themselves can still be chosen
    }
  }
}
