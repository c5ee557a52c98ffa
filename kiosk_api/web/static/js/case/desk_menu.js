/* The desk's navigation on a narrow screen: folded away until it is asked for. Without this script it stays open. */

import { Component } from "../core/component.js";

/** The root is the button; it names what it folds. */
export class DeskMenu extends Component {
  init() {
    this.folds = document.getElementById(this.root.getAttribute("aria-controls"));
    this.root.hidden = false;
    this.show(false);
    this.root.addEventListener("click", () => this.show(this.folds.classList.contains("folded")));
  }

  show(open) {
    this.folds.classList.toggle("folded", !open);
    this.root.setAttribute("aria-expanded", String(open));
  }
}
