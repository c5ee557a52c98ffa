/* Printing: once at opening, again on the button. A roll is as long as what is printed on it. */

import { Component } from "../core/component.js";

const MILLIMETRE = 96 / 25.4; // CSS pixels
const CUT_MM = 4;             // white at the end, for the cutter

/** The root is the button 打印. */
export class Printing extends Component {
  init() {
    this.root.addEventListener("click", () => this.print());
    addEventListener("load", () => this.print(), { once: true });
  }

  print() {
    const strip = document.querySelector(".paper.roll");
    if (strip) setLength(strip);
    print();
  }
}

/** Tell the printer the length of the strip, so that nothing is cut and no paper is wasted. A browser that
    cannot be told prints with the length of the style sheet. */
function setLength(strip) {
  if (!document.adoptedStyleSheets) return;
  const zoom = Number(getComputedStyle(strip).zoom) || 1;
  const height = Math.ceil(strip.getBoundingClientRect().height / zoom / MILLIMETRE) + CUT_MM;
  const sheet = new CSSStyleSheet();
  // eslint-disable-next-line baseline/script -- as old as adoptedStyleSheets, which was asked for above
  sheet.replaceSync(`@page { size: 80mm ${height}mm; margin: 0; }`);
  document.adoptedStyleSheets = [sheet];
}
