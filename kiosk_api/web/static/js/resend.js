/* A submission that outlasts an outage. One key for all tries, so that it is registered once at
   most; whoever calls shows a number only when this has answered. */

import { ApiError, post } from "./api.js";
import { el, keepFocus } from "./dom.js";
import { t } from "./i18n.js";
import { pause } from "./outage.js";
import { onWipe, waitFor } from "./wiping.js";

const STOPPED = t("还没有提交。您填的内容还在，改好了请再按一次“提交”。");
let banner = null;

/** The answer to POST `path` with `body` under `key`.

   While nobody answers it tries again, more and more slowly, until it is answered, the person stops
   it or the visit ends. `onState({ state, seconds, attempt })` hears "sending", "waiting" and
   "answered". Rejects with the ApiError of a refusal, or one with `unsure` when it was stopped:
   then it may have been registered, and the same key must be used again. */
export async function submitWithRetry(path, body, key, onState = () => {}) {
  try {
    for (let attempt = 0; ; attempt += 1) {
      onState({ state: "sending", attempt });
      try {
        const answer = await post(path, body, key);
        onState({ state: "answered", attempt });
        return answer;
      } catch (error) {
        if (!error.unsure) throw error;
      }
      await rest(attempt, onState);
    }
  } finally {
    banner?.remove();
    banner = null;
  }
}

/** Wait for the next try; ends early when the network is back or the person presses a button. */
async function rest(attempt, onState) {
  const ms = pause(attempt + 1);
  const seconds = Math.ceil(ms / 1000);
  onState({ state: "waiting", attempt, seconds });
  const quit = new AbortController();
  await new Promise((go, stop) => {
    show(seconds, go, () => stop(new ApiError(0, "stopped", STOPPED)));
    addEventListener("online", go, { once: true, signal: quit.signal });
    waitFor(ms).then(go);
  }).finally(() => quit.abort());
  const note = banner?.querySelector("[role=status]");
  if (note) note.textContent = t("正在再交一次……");
}

function show(seconds, go, stop) {
  const words = t("{seconds}秒后自动再交，连上以后会告诉您编号。", { seconds });
  if (!banner) {
    banner = el("div", { id: "resend", class: "notice warn" },
      el("p", { role: "alert" }, el("strong", {}, t("还没有提交，现在连不上系统。")), " ",
        t("您填的内容都在，系统会自动再交，请不要走开。")),
      el("p", { role: "status" }, words),
      el("div", { class: "row" },
        el("button", { type: "button", id: "resend-now", class: "button" }, t("现在再交一次")),
        el("button", { type: "button", id: "resend-stop", class: "button plain" }, t("先不交，回去改"))));
    document.querySelector("main").prepend(banner);
    banner.scrollIntoView({ block: "start" });
    keepFocus(banner.querySelector("#resend-now"));
  }
  banner.querySelector("[role=status]").textContent = words;
  banner.querySelector("#resend-now").onclick = go;
  banner.querySelector("#resend-stop").onclick = stop;
}

onWipe(() => {
  banner = null;
});
