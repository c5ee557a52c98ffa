/* A phone's keyboard takes half of the screen: the question, its field and 下一步 stay in what is left of it. Some browsers
   make the window smaller, Safari lays the page out under the keyboard and only the visual viewport tells. */

import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { seenOf } from "../phone/fit.js";

const KEYBOARD = 100; // CSS pixels at the least; less than that is a bar of the browser
const AIR = 8;

/** The root is the html element, which gets --seen, the height in sight, and --under, what a keyboard covers. */
export class InSight extends Component {
  init() {
    const fit = () => this.fit();
    addEventListener("resize", fit);
    if (window.visualViewport) {
      for (const kind of ["resize", "scroll"]) window.visualViewport.addEventListener(kind, fit);
    }
    this.fit();
  }

  fit() {
    const { height, top } = seenOf(window);
    const under = this.root.clientHeight - height - top;
    this.root.style.setProperty("--seen", `${height}px`);
    this.root.style.setProperty("--under", `${under > KEYBOARD ? under : 0}px`);
    if (height === this.height) return;
    this.height = height;
    bringIntoSight(document.activeElement);
  }
}

/** Scroll a phone's page so that `field` is above 下一步, below its question where both have room. */
export function bringIntoSight(field) {
  const narrow = matchMedia("(max-width: 699px)").matches;
  if (!narrow || !field || !field.matches(".question input, .question textarea")) return;
  const head = headOf(document.querySelector(".top"));
  const floor = byId("next").getBoundingClientRect().top - AIR;
  const box = field.getBoundingClientRect();
  const whole = box.bottom - byId("form-title").getBoundingClientRect().top;
  const start = whole < floor - head - AIR ? box.bottom - whole : box.top;
  if (box.bottom > floor || start < head) scrollBy(0, Math.ceil(start - head - AIR));
}

/** Where a bar that stays at the top of the screen ends. */
const headOf = (bar) => (getComputedStyle(bar).position === "sticky" ? bar.getBoundingClientRect().bottom : 0);
