/* 念给我听: reads <main> aloud, sentence by sentence. Without a voice the button does not show. */

import { Component } from "../core/component.js";
import { ended, onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { sentences } from "../core/sentences.js";
import { Voice } from "./voice.js";

const NOTICE_MS = 6000;

/** The root is the button. */
export class Reading extends Component {
  init() {
    this.turn = 0; // only the latest goes on
    this.caption = new Caption();
    this.voice = new Voice(document.documentElement.lang.startsWith("en") ? "en" : "zh");
    this.offer();
    this.voice.init(() => this.offer());
    this.root.addEventListener("click", () => {
      if (this.root.getAttribute("aria-pressed") === "true") this.stop();
      else this.read();
    });
    document.addEventListener("hearing", () => this.stop());
    onWipe(() => this.stop());
  }

  offer() {
    this.root.hidden = !this.voice.available;
  }

  async read() {
    if (ended.aborted) return;
    this.turn += 1;
    const mine = this.turn;
    const all = sentences(document.getElementById("main"));
    this.showPressed(true);
    try {
      await this.voice.readAll(all.map((one) => one.text), {
        going: () => mine === this.turn, // else it was stopped, or the visit has ended
        begin: (place) => this.mark(all[place]),
      });
      if (mine === this.turn) this.stop();
    } catch {
      if (mine === this.turn) this.fail();
    }
  }

  mark(sentence) {
    if (ended.aborted) return; // the screen is cleared: its words must not come back
    this.caption.mark(sentence);
    window.dispatchEvent(new Event("input")); // who listens is there: see idle.js
  }

  stop() {
    this.turn += 1;
    this.voice.stop();
    this.caption.clear();
    this.showPressed(false);
  }

  fail() {
    this.stop();
    this.caption.say(t("现在念不出来，请看屏幕上的字，或请工作人员帮忙。"), NOTICE_MS);
  }

  showPressed(reading) {
    (this.root.querySelector("span") || this.root).textContent = reading ? t("别念了") : t("念给我听");
    this.root.setAttribute("aria-pressed", String(reading));
  }
}

/** The sentence being read: marked on the page, and repeated in a bar below. */
class Caption extends Component {
  constructor() {
    super(document.createElement("p"));
    this.root.id = "caption";
    this.root.className = "caption";
  }

  /** `sentence`: {text, block, range} of sentences.js. */
  mark({ text, block, range }) {
    this.unmark();
    this.root.textContent = text;
    this.root.setAttribute("aria-hidden", "true"); // the same words are on the page
    document.body.append(this.root);
    if (window.Highlight && CSS.highlights) CSS.highlights.set("aloud", new Highlight(range));
    else block.classList.add("aloud");
    block.scrollIntoView({ block: "center" });
  }

  unmark() {
    if (window.CSS && CSS.highlights) CSS.highlights.delete("aloud");
    for (const one of document.querySelectorAll(".aloud")) one.classList.remove("aloud");
  }

  /** Show words that are on the page nowhere else, for `ms`. */
  say(words, ms) {
    this.root.textContent = words;
    this.root.setAttribute("aria-hidden", "false");
    this.root.setAttribute("role", "status");
    document.body.append(this.root);
    setTimeout(() => {
      if (this.root.getAttribute("role")) this.root.remove();
      this.root.removeAttribute("role");
    }, ms);
  }

  clear() {
    this.unmark();
    this.root.remove();
  }
}
