/* A box of one line that grows with what is written, as far as its style lets it. */

import { Component } from "../core/component.js";

/** The root is the text area. */
export class GrowingBox extends Component {
  init() {
    this.root.addEventListener("input", () => this.fit());
    this.fit();
  }

  fit() {
    const { root } = this;
    root.style.height = "auto";
    root.style.height = `${root.scrollHeight + root.offsetHeight - root.clientHeight}px`;
  }
}
