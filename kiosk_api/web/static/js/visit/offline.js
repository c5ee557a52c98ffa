/* The page shown while nobody answers: it opens what was wanted as soon as somebody does. */

import { t } from "../core/i18n.js";
import { answers, pause } from "./outage.js";

const POSTED = ["/receipt", "/end"]; // addresses that are no page of their own
const note = document.getElementById("tries");
let attempt = 0;
let timer;

function open() {
  if (POSTED.includes(location.pathname) || location.pathname.startsWith("/offline")) location.replace("/");
  else location.reload();
}

async function look() {
  clearTimeout(timer);
  note.textContent = t("正在重新连接……");
  if (await answers()) {
    open();
    return;
  }
  const ms = pause(attempt);
  attempt += 1;
  note.textContent = t("还没连上，{seconds}秒后自动再试。", { seconds: Math.ceil(ms / 1000) });
  timer = setTimeout(look, ms);
}

document.getElementById("again").addEventListener("click", look);
addEventListener("online", look);
look();
