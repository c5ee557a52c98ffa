/* The desk's counts of calls, kept up to date while a page is open. */

import { Component } from "../core/component.js";

const EVERY_MS = 15000;

/** The root says where to ask: data-url, and what the tab says: data-called while somebody calls, data-endangered
    while nobody has seen to a danger. */
export class WaitingCounts extends Component {
  init() {
    this.used = false;
    this.title = document.title;
    for (const kind of ["pointerdown", "keydown"]) {
      document.addEventListener(kind, () => { this.used = true; }, { passive: true });
    }
    this.timer = setInterval(() => this.ask(), EVERY_MS);
  }

  /** An officer who works on the page counts as being at the desk; a page left open does not. */
  async ask() {
    const used = this.used ? "?used=1" : "";
    this.used = false;
    try {
      const answer = await fetch(this.root.dataset.url + used, { redirect: "manual", cache: "no-store" });
      if (answer.ok) this.show(await answer.json());
      else if (answer.type === "opaqueredirect") clearInterval(this.timer); // signed out
    } catch {
      /* network away: the next time */
    }
  }

  show(counts) {
    for (const one of this.root.querySelectorAll("[data-count]")) {
      const number = counts[one.dataset.count] || 0;
      one.textContent = String(number);
      if (one.dataset.count === "dangers") one.parentElement.hidden = number === 0;
      else one.classList.toggle("late", one.dataset.count === "hall_calls" ? number > 0 : (counts.overdue || 0) > 0);
    }
    document.title = [this.alarm(counts), this.title].filter(Boolean).join(" · ");
  }

  alarm({ dangers, hall_calls: calls }) {
    if (dangers > 0) return this.root.dataset.endangered;
    return calls > 0 ? this.root.dataset.called : "";
  }
}
