/* The bar of a page on a phone: back, and what else there is. */

import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { onWipe } from "../core/forget.js";
import { isShared, sayShared } from "../core/own_phone.js";

/** The root is the bar. */
export class PhoneShell extends Component {
  init() {
    this.more = byId("bar-more");
    this.tools = byId("tools");
    this.prepareBack(byId("bar-back"));
    this.more.addEventListener("click", () => this.show(!this.isOpen()));
    document.addEventListener("click", (event) => {
      if (!this.root.contains(event.target) && !event.target.closest("#tools [aria-pressed]")) this.show(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen()) return;
      this.show(false);
      this.more.focus();
    });
    onWipe(() => this.show(false));
    this.offerSharing(byId("shared"));
  }

  isOpen() {
    return this.more.getAttribute("aria-expanded") === "true";
  }

  show(open) {
    this.more.setAttribute("aria-expanded", String(open));
    this.tools.classList.toggle("open", open);
  }

  /** Where the page was opened from; a page that was opened by itself leads to the talk, which then leads nowhere. */
  prepareBack(link) {
    const opened = history.length > 1;
    const home = location.pathname === "/";
    link.classList.toggle("nowhere", home || (!opened && link.pathname === location.pathname));
    link.addEventListener("click", (event) => {
      if (!opened) return;
      event.preventDefault();
      history.back();
    });
  }

  offerSharing(button) {
    if (!button) return;
    const draw = () => button.setAttribute("aria-pressed", String(isShared()));
    button.addEventListener("click", () => {
      sayShared(!isShared());
      draw();
    });
    draw();
  }
}
