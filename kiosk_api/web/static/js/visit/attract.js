/* The invitation on a terminal's home page that nobody touches, over the whole screen. The touch that wakes it does
   nothing else: whatever lies below is out of reach until it has closed. */

import { Component } from "../core/component.js";
import { ended, onWipe } from "../core/forget.js";
import { WallClock } from "../core/now.js";
import { wouldLose } from "../core/unsaved.js";

const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "scroll"];

/** A screen that is touched, or one that stands in a hall; never a phone, nor a desk with a mouse. */
export const isHallScreen = (view = window) => view.matchMedia("(min-width: 900px)").matches
  && view.matchMedia("(pointer: coarse), (min-height: 1200px)").matches;

/** The view of somebody who has left: the next one begins with the usual. */
const isTheirs = ({ dataset, lang }) => dataset.mode !== "standard" || lang !== "zh-CN";

/** The root is the dialog; data-seconds says after how long it shows. */
export class Attract extends Component {
  init() {
    WallClock.start(this.root.querySelector(".now"));
    this.root.addEventListener("click", () => this.root.close());
    this.root.addEventListener("keydown", (event) => {
      event.preventDefault();
      this.root.close();
    });
    for (const kind of SIGNS_OF_LIFE) addEventListener(kind, () => this.noticed(), { passive: true, capture: true });
    onWipe(() => clearTimeout(this.waiting));
    this.startAgain();
  }

  /** Somebody is here. Once they have gone idle.js ends the visit, and the page is loaded anew; where it never does, this
      waits again. */
  noticed() {
    clearTimeout(this.waiting);
    if (Number(document.body.dataset.idleSeconds) === 0) this.startAgain();
  }

  startAgain() {
    clearTimeout(this.waiting);
    if (!ended.aborted) this.waiting = setTimeout(() => this.rest(), 1000 * Number(this.root.dataset.seconds));
  }

  rest() {
    if (!isHallScreen() || document.querySelector("dialog[open]") || wouldLose()) this.startAgain();
    else if (isTheirs(document.documentElement)) location.replace("/end");
    else this.root.showModal();
  }
}
