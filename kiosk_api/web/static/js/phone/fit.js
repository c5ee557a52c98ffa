/* The page is as high as what the phone shows of it: its keyboard covers neither the box nor the last words. Safari
   lays the page out under the keyboard and only the visual viewport tells; others make the window smaller. */

import { Component } from "../core/component.js";
import { ended } from "../core/forget.js";

/** {height, top} in pixels of what is seen of `view`, a window, at its usual size. */
export function seenOf(view) {
  const seen = view.visualViewport;
  if (!seen) return { height: view.innerHeight, top: 0 };
  return { height: Math.round(seen.height * seen.scale), top: seen.scale > 1 ? 0 : Math.round(seen.offsetTop) };
}

/** The root is the element that fills the screen; `changed()` is called after each change of its height. */
export class FitScreen extends Component {
  constructor(root, changed = () => {}) {
    super(root);
    this.changed = changed;
    this.height = 0;
  }

  init() {
    const fit = () => this.fit();
    addEventListener("resize", fit);
    addEventListener("orientationchange", fit);
    if (window.visualViewport) {
      for (const kind of ["resize", "scroll"]) window.visualViewport.addEventListener(kind, fit);
    }
    // Where nothing tells of the keyboard, it is at least looked for when it may have come or gone.
    for (const kind of ["focusin", "focusout"]) document.addEventListener(kind, () => setTimeout(fit, 300));
    fit();
  }

  fit() {
    if (ended.aborted) return;
    const { height, top } = seenOf(window);
    this.root.style.setProperty("--seen", `${height}px`);
    this.root.style.setProperty("--seen-top", `${top}px`);
    if (height === this.height) return;
    this.height = height;
    this.changed();
  }
}
