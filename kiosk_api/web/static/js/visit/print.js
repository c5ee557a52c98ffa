/* Printing: once at opening, again on the button. A roll is as long as what stands on it. */

const MILLIMETRE = 96 / 25.4;
const strip = document.querySelector(".paper.roll");

/** Tell the printer the length of the strip, so that nothing is cut and no paper runs on. */
function measure() {
  if (!strip) return;
  const zoom = Number(getComputedStyle(strip).zoom) || 1;
  const height = Math.ceil(strip.getBoundingClientRect().height / zoom / MILLIMETRE) + 4;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@page { size: 80mm ${height}mm; margin: 0; }`);
  document.adoptedStyleSheets = [sheet];
}

function paper() {
  measure();
  print();
}

document.getElementById("print").addEventListener("click", paper);
addEventListener("load", paper, { once: true });
