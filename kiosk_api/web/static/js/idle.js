/* 结束并清除, and the same after a time without anybody: nothing stays on a screen in a hall.

   Times stand in data attributes of <body>. A narrow screen is somebody's own phone and gets the
   longer time. Any touch, key, scroll or pointer counts as being there. */

import { t } from "./i18n.js";

const settings = document.body.dataset;
const own = matchMedia("(max-width: 699px)").matches;
const quietMs = 1000 * Number(own ? settings.idlePhoneSeconds : settings.idleSeconds);
const countdown = Number(settings.idleCountdown);
const dialog = document.getElementById("idle");
const left = document.getElementById("idle-words");
let quiet;
let ticking;

export function wipe() {
  clearTimeout(quiet);
  clearInterval(ticking);
  try {
    sessionStorage.clear();
  } catch {
    /* storage switched off: nothing to clear */
  }
  for (const field of document.querySelectorAll("input, textarea, select")) field.value = "";
  document.body.replaceChildren();
  document.title = t("24小时信访服务");
  location.replace("/");
}

function rest() {
  clearTimeout(quiet);
  if (quietMs > 0) quiet = setTimeout(warn, quietMs);
}

function warn() {
  const end = Date.now() + countdown * 1000;
  const show = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    left.textContent = t("为了保护您的隐私，{seconds}秒后会清除屏幕上的内容。", { seconds: Math.max(seconds, 0) });
    if (seconds <= 0) wipe();
  };
  show();
  if (!dialog.open) dialog.showModal();
  clearInterval(ticking);
  ticking = setInterval(show, 250);
}

function stay() {
  clearInterval(ticking);
  if (dialog.open) dialog.close();
  rest();
}

document.getElementById("end").addEventListener("click", wipe);
document.getElementById("idle-end").addEventListener("click", wipe);
document.getElementById("idle-stay").addEventListener("click", stay);
dialog.addEventListener("close", stay);
for (const kind of ["pointerdown", "pointermove", "keydown", "input", "scroll", "wheel"]) {
  addEventListener(kind, () => { if (!dialog.open) rest(); }, { passive: true, capture: true });
}
// A page brought back by the browser's own cache would show the last person's text.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
// On a home-page nobody has touched there is nothing to clear.
if (!document.body.classList.contains("home")) rest();
