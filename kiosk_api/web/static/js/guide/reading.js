/* 念给我听, on every citizens' page: reads what stands in <main>, sentence by sentence, by a voice of
   the browser on this machine, else by sound from the server; where there is neither the button
   does not show. The sentence being read is marked on the page and stands in a bar below. */

import { get } from "../core/api.js";
import { t } from "../core/i18n.js";
import { sentences } from "../core/sentences.js";
import { ended, onWipe } from "../core/forget.js";

const MOST = 600; // characters the server reads at a time
const aloud = document.getElementById("aloud");
const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
const bar = document.createElement("p");
bar.id = "caption";
bar.className = "caption";
const player = new Audio();
let turn = 0; // a reading goes on only while its number is the latest
let fromServer = false;

/** A voice that works on this machine: another would send the words away. */
function ownVoice() {
  return window.speechSynthesis?.getVoices()
    .find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
}

function mark({ text, block, range }) {
  if (ended.aborted) return; // the screen is cleared: its words must not come back
  unmark();
  bar.textContent = text;
  bar.setAttribute("aria-hidden", "true"); // the same words stand on the page
  document.body.append(bar);
  if (window.CSS?.highlights) CSS.highlights.set("aloud", new Highlight(range));
  else block.classList.add("aloud");
  block.scrollIntoView({ block: "center" });
  window.dispatchEvent(new Event("input")); // whoever listens is there: see idle.js
}

function unmark() {
  window.CSS?.highlights?.delete("aloud");
  for (const one of document.querySelectorAll(".aloud")) one.classList.remove("aloud");
}

function silent() {
  turn += 1;
  window.speechSynthesis?.cancel();
  player.pause();
  player.removeAttribute("src");
  player.dispatchEvent(new Event("ended"));
  unmark();
  bar.remove();
  button(false);
}

function button(reading) {
  aloud.textContent = reading ? t("别念了") : t("念给我听");
  aloud.setAttribute("aria-pressed", String(reading));
}

async function sound(text) {
  const answer = await fetch("/api/v1/speech", {
    method: "POST", cache: "no-store", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text: text.slice(0, MOST), language }), signal: ended,
  });
  if (!answer.ok) throw new Error("speech_off");
  return answer.blob();
}

function play(blob) {
  const address = URL.createObjectURL(blob);
  return new Promise((done, failed) => {
    player.onended = done;
    player.onerror = () => (player.hasAttribute("src") ? failed(new Error("sound")) : done());
    player.src = address;
    player.play().catch((error) => (error.name === "AbortError" ? done() : failed(error)));
  }).finally(() => URL.revokeObjectURL(address));
}

function speak(text, voice) {
  return new Promise((done) => {
    const said = new SpeechSynthesisUtterance(text);
    Object.assign(said, { voice, lang: document.documentElement.lang, rate: 0.9 });
    said.onend = done;
    said.onerror = done;
    speechSynthesis.speak(said);
  });
}

async function read() {
  if (ended.aborted) return;
  const mine = ++turn;
  const all = sentences(document.getElementById("main"));
  const voice = ownVoice();
  const fetched = (place) => {
    const asked = voice || !all[place] ? null : sound(all[place].text);
    asked?.catch(() => {}); // awaited when its turn comes
    return asked;
  };
  button(true);
  try {
    let next = fetched(0);
    for (const [place, one] of all.entries()) {
      mark(one);
      if (voice) await speak(one.text, voice);
      else {
        const blob = await next;
        if (mine !== turn) return;
        next = fetched(place + 1);
        await play(blob);
      }
      if (mine !== turn) return; // told to stop, or the visit has ended
    }
    silent();
  } catch {
    if (mine === turn) cannot();
  }
}

function cannot() {
  silent();
  bar.textContent = t("现在念不出来，请看屏幕上的字，或请工作人员帮忙。");
  bar.setAttribute("aria-hidden", "false");
  bar.setAttribute("role", "status");
  document.body.append(bar);
  setTimeout(() => { if (bar.getAttribute("role")) bar.remove(); bar.removeAttribute("role"); }, 6000);
}

function offer() {
  aloud.hidden = !ownVoice() && !fromServer;
}

if (aloud) {
  offer();
  window.speechSynthesis?.addEventListener("voiceschanged", offer);
  if (!ownVoice()) {
    get("/speech").then((answer) => { fromServer = answer.available; offer(); }, () => {});
  }
  aloud.addEventListener("click", () => {
    if (aloud.getAttribute("aria-pressed") === "true") silent();
    else read();
  });
  onWipe(silent); // also when the page is left: see idle.js
}
