/* 结束并清除, and the same after a time without anybody: nothing stays on a screen in a hall.

   Times stand in data attributes of <body>; large print gives more time. A narrow screen is
   somebody's own phone and gets the longest. Any touch, key, scroll or pointer counts as being there.

   The screen is emptied before anything is asked of the server, which may be away. */

import { t } from "../core/i18n.js";
import { keepShell, untilBack } from "./outage.js";
import { wipeMemory } from "../core/forget.js";

const settings = document.body.dataset;
const own = matchMedia("(max-width: 699px)").matches;
const countdown = Number(settings.idleCountdown);
const END = settings.end ?? "/end"; // an officer's page leads back to the desk
const dialog = document.getElementById("idle");
const left = document.getElementById("idle-words");
const SAID_AT = [20, 10, 5]; // seconds left at which the countdown is spoken
let quiet;
let ticking;
let over = false;

// Beside the running figures, which are not read out: a politely spoken one now and then.
const spoken = document.createElement("p");
spoken.id = "idle-spoken";
spoken.setAttribute("role", "status");
Object.assign(spoken.style, { position: "absolute", left: "-999rem" });
dialog.append(spoken);

/** How long nobody may be there: 大字 readers are given more time. */
function quietMs() {
  if (own) return 1000 * Number(settings.idlePhoneSeconds);
  const elder = document.documentElement.dataset.mode === "elder";
  return 1000 * Number((elder && settings.idleElderSeconds) || settings.idleSeconds);
}

export function wipe() {
  if (over) return;
  over = true;
  empty();
  globalThis.stop(); // neither programs still on their way nor a page that a link was bringing come now
  history.replaceState(null, "", END); // so that even loading anew ends the visit
  showEnd();
  forgetStores();
  leave();
}

/** Everything of the person that this document holds; takes one frame. */
function empty() {
  clearTimeout(quiet);
  clearInterval(ticking);
  wipeMemory();
  for (const media of document.querySelectorAll("video, audio")) {
    for (const track of media.srcObject?.getTracks() ?? []) track.stop();
    media.srcObject = null;
  }
  for (const field of document.querySelectorAll("input, textarea, select")) field.value = "";
  document.body.replaceChildren();
  document.adoptedStyleSheets = [];
  getSelection()?.removeAllRanges();
  document.title = t("24小时信访服务");
}

/** What is read while the server is asked for the home page, and for as long as it is away. */
function showEnd() {
  const main = document.createElement("main");
  const words = document.createElement("h1");
  const again = document.createElement("a");
  words.textContent = t("已经清除，请重新开始");
  again.textContent = settings.end ? t("回帮人填表") : t("回首页");
  again.className = "button";
  again.href = END;
  main.id = "wiped";
  main.append(words, again);
  document.body.append(main);
}

async function forgetStores() {
  for (const name of ["sessionStorage", "localStorage"]) {
    try {
      globalThis[name].clear();
    } catch {
      /* storage switched off: nothing to clear */
    }
  }
  try {
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
    for (const name of await caches.keys()) if (!name.startsWith("shell")) await caches.delete(name);
  } catch {
    /* not offered on plain http: nothing could have been kept there */
  }
}

/** Home by way of /end, which clears cookies and cache; waits while nobody answers. */
async function leave() {
  await untilBack((ms) => new Promise((go) => setTimeout(go, ms)));
  location.replace(END);
}

function rest() {
  clearTimeout(quiet);
  if (!over && quietMs() > 0) quiet = setTimeout(warn, quietMs());
}

function warn() {
  const end = Date.now() + countdown * 1000;
  let said = Infinity;
  const show = () => {
    const seconds = Math.max(Math.ceil((end - Date.now()) / 1000), 0);
    const words = t("为了保护您的隐私，{seconds}秒后会清除屏幕上的内容。", { seconds });
    left.textContent = words;
    const mark = said === Infinity ? countdown : SAID_AT.find((one) => seconds <= one && one < said);
    if (mark) {
      said = mark;
      spoken.textContent = words;
    }
    if (seconds <= 0) wipe();
  };
  if (!dialog.open) dialog.showModal(); // the focus comes back to where it was on closing
  show();
  clearInterval(ticking);
  if (!over) ticking = setInterval(show, 250);
}

function stay() {
  if (over) return;
  clearInterval(ticking);
  spoken.textContent = "";
  if (dialog.open) dialog.close();
  rest();
}

document.getElementById("end").addEventListener("click", (event) => {
  event.preventDefault(); // it leads to /end by itself only for as long as this module has not come
  wipe();
});
document.getElementById("idle-end").addEventListener("click", wipe);
document.getElementById("idle-stay").addEventListener("click", stay);
dialog.addEventListener("close", stay);
for (const kind of ["pointerdown", "pointermove", "keydown", "input", "scroll", "wheel"]) {
  addEventListener(kind, () => { if (!dialog.open) rest(); }, { passive: true, capture: true });
}
// The address stays, what was posted to it does not: going back must not send it again.
history.replaceState(null, "", location.href);
// A page that is left keeps nothing, and one the browser brings back all the same is loaded anew.
addEventListener("pagehide", () => {
  if (over) return;
  over = true;
  empty();
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
// On a home-page nobody has touched there is nothing to clear.
if (!document.body.classList.contains("home")) rest();
keepShell();
