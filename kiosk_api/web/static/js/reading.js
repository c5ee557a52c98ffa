/* 大字 and 念给我听, on every citizens' page.

   Large print lasts until 结束并清除 (session storage, wiped with the rest). The voice is the
   browser's own and reads what stands in <main>; where there is none the button does not show. */

const LARGE = "large-print";
const large = document.getElementById("large");
const aloud = document.getElementById("aloud");
const READ = "h1, h2, h3, p, li, dt, dd, summary, .bubble";

function kept() {
  try {
    return sessionStorage.getItem(LARGE) === "1";
  } catch {
    return false;
  }
}

function show(on) {
  document.documentElement.classList.toggle("large", on);
  large.setAttribute("aria-pressed", String(on));
  large.textContent = on ? "普通字" : "大字";
}

large.addEventListener("click", () => {
  const on = !document.documentElement.classList.contains("large");
  show(on);
  try {
    sessionStorage.setItem(LARGE, on ? "1" : "0");
  } catch {
    /* storage switched off: large on this page only */
  }
});
show(kept());

/** The sentences of the page in order; nested blocks once, hidden ones not at all. */
export function sentences(root) {
  const blocks = [...root.querySelectorAll(READ)].filter((one) => one.checkVisibility()
    && !one.closest("noscript, [data-silent], form, button") && !one.querySelector(READ));
  return blocks.map((one) => one.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
}

function silent() {
  speechSynthesis.cancel();
  aloud.textContent = "念给我听";
  aloud.setAttribute("aria-pressed", "false");
}

function read() {
  const all = sentences(document.getElementById("main"));
  aloud.textContent = "别念了";
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
