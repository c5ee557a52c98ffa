/* 念给我听, on every citizens' page: the browser's own voice reads what stands in <main>; where there
   is none the button does not show. */

import { t } from "./i18n.js";

const aloud = document.getElementById("aloud");
const READ = "h1, h2, h3, p, li, dt, dd, summary, .bubble";

/** The sentences of the page in order; nested blocks once, hidden ones not at all. */
export function sentences(root) {
  const blocks = [...root.querySelectorAll(READ)].filter((one) => one.checkVisibility()
    && !one.closest("noscript, [data-silent], form, button") && !one.querySelector(READ));
  return blocks.map((one) => one.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
}

function silent() {
  speechSynthesis.cancel();
  aloud.textContent = t("念给我听");
  aloud.setAttribute("aria-pressed", "false");
}

function read() {
  const all = sentences(document.getElementById("main"));
  aloud.textContent = t("别念了");
  aloud.setAttribute("aria-pressed", "true");
  for (const [place, text] of all.entries()) {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = document.documentElement.lang;
    said.rate = 0.9;
    if (place === all.length - 1) said.addEventListener("end", silent);
    speechSynthesis.speak(said);
  }
}

if ("speechSynthesis" in window) {
  const offer = () => { aloud.hidden = speechSynthesis.getVoices().length === 0; };
  offer();
  speechSynthesis.addEventListener("voiceschanged", offer);
  aloud.addEventListener("click", () => (speechSynthesis.speaking ? silent() : read()));
  addEventListener("pagehide", silent);
}
