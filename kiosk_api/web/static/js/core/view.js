/* The view of a page: 大字 and 高对比 are switched at once, without reloading, so that nothing typed is lost.
   The server gets to know in the background and renders the next pages the same way. */

import { Component } from "./component.js";

/** The buttons that switch the mode; the root is the html element. */
export class ViewSwitch extends Component {
  init() {
    this.buttons = [...this.root.querySelectorAll("button[data-mode]")];
    for (const one of this.buttons) {
      one.addEventListener("click", () => {
        this.choose(this.root.dataset.mode === one.dataset.mode ? "standard" : one.dataset.mode);
      });
    }
  }

  async choose(mode) {
    this.root.dataset.mode = mode;
    for (const one of this.buttons) one.setAttribute("aria-pressed", String(one.dataset.mode === mode));
    try {
      await fetch("/view", { method: "POST", body: new URLSearchParams({ mode }), redirect: "manual", keepalive: true });
    } catch {
      /* network away: this page is switched, the next one will not be */
    }
  }
}

/** What somebody unfolds at the bottom of the screen is scrolled into sight. */
export class UnfoldIntoSight extends Component {
  init() {
    this.root.addEventListener("click", ({ target }) => {
      const summary = target.closest("summary");
      const details = summary && summary.parentElement;
      if (!details || details.open) return;
      details.addEventListener("toggle", () => details.scrollIntoView({ block: "nearest" }), { once: true });
    });
  }
}
