/* What the assistant said last, in large letters above the reach of a hand: on a tall screen only. The log is what is
   announced, read aloud and found; this says the same once more for the eye only, so the style sheet writes it. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { toSay } from "./chat_log.js";

const END = /([。！？!?]+[”』」）)]*|\.(?=\s))/g;
const LEAST = 16; // a Latin letter is 1, a Chinese sign 2: shorter sentences are courtesies, such as 好的，记下了。
const MOST_LARGE = 120;
const MOST = 220;

/** How much room a text takes, in Latin letters. */
const width = (text) => Array.from(text).reduce((sum, one) => sum + (one > "\u2e80" ? 2 : 1), 0);

/** {before, large, after}: of what was said the question, or else its first real sentence, large; the rest around it as
    far as there is room. */
export function lastWords(text) {
  const all = text.replace(END, "$1\n").split("\n").map((one) => one.trim()).filter(Boolean);
  if (!all.length) return { before: "", large: "", after: "" };
  const asked = all.map((one) => /[？?]/.test(one)).lastIndexOf(true);
  const told = all.findIndex((one) => width(one) >= LEAST);
  const place = [asked, told, 0].find((one) => one >= 0);
  const fits = (words) => (width(words) <= MOST - width(all[place]) ? words : "");
  const joined = (list) => list.join(list.some((one) => /[\u4e00-\u9fff]/.test(one)) ? "" : " ");
  return { before: fits(joined(all.slice(0, place))), large: all[place], after: fits(joined(all.slice(place + 1))) };
}

/** What a reply says in words: a card its head and what it asks. */
const said = (one) => (one.card ? `${one.card.title.replace(/[：:]$/, "。")}${one.card.closing}` : toSay(one));

/** The root is a holder without content. */
export class LastWords extends Component {
  init() {
    const greeting = document.querySelector(".greeting");
    if (greeting) this.show(greeting.textContent);
  }

  showAnswer(replies) {
    const last = replies.filter((one) => one.text || one.card).pop();
    if (last) this.show(said(last));
  }

  show(text) {
    const { before, large, after } = lastWords(text);
    const look = width(large) > MOST_LARGE ? "large long" : "large";
    this.root.replaceChildren(...[[before, "extra"], [large, look], [after, "extra"]]
      .filter(([words]) => words).map(([words, name]) => el("p", { class: name, "data-words": words })));
  }

  clear() {
    this.root.replaceChildren();
  }
}
