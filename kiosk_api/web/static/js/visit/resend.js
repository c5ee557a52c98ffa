/* A submission that outlasts an outage. One key for all tries, so that it is registered once at
   most; whoever calls shows a number only when this has answered. */

import { ApiError, post } from "../core/api.js";
import { el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { pause } from "./outage.js";
import { onWipe, waitFor } from "../core/forget.js";

const STOPPED = t("还没收到回音，不知道交上没有。您填的内容还在。想知道，请再按一次刚才的按钮，不会重复登记；也可以请窗口工作人员查。");
const DOUBT = t("刚才那一次交上没有，还不知道。请再按一次问问，不会重复登记。");
let banner = null;

/** The answer to POST `path` with `body` under `key`.

   While nobody answers it tries again, more and more slowly, until it is answered, the person stops
   it or the visit ends. `onState({ state, seconds, attempt })` hears "sending", "waiting" and
   "answered". Rejects with the ApiError of a refusal. It is `unsure` when the person stopped it or
   when an earlier try was not answered: then it may have been registered, and the same key must be
   used again. Who stops it while a try is under way still hears that try's answer. */
export async function submitWithRetry(path, body, key, onState = () => {}) {
  const wish = { stop: false };
  try {
    for (let attempt = 0; ; attempt += 1) {
      onState({ state: "sending", attempt });
      try {
        const answer = await post(path, body, key);
        onState({ state: "answered", attempt });
        return answer;
      } catch (error) {
        if (!error.unsure) throw attempt ? doubtful(error) : error;
      }
      if (!wish.stop) await rest(attempt, onState, wish);
      if (wish.stop) throw new ApiError(0, "stopped", STOPPED);
    }
  } finally {
    banner?.remove();
    banner = null;
  }
}

/** A refusal after a try that nobody answered. A conflict says by itself what has become of that. */
function doubtful(error) {
  if (error.code === "idempotency_conflict") return error;
  return new ApiError(error.status, error.code, `${error.detail} ${DOUBT}`, error.errors, true);
}

/** Wait for the next try; ends early when the network is back or the person presses a button. */
async function rest(attempt, onState, wish) {
  const ms = pause(attempt + 1);
  const seconds = Math.ceil(ms / 1000);
  onState({ state: "waiting", attempt, seconds });
  const quit = new AbortController();
  await new Promise((go) => {
    show(seconds, go, () => {
      wish.stop = true;
      tell(t("好，听到这一次的回音就停。"));
      go();
    });
    addEventListener("online", go, { once: true, signal: quit.signal });
    waitFor(ms).then(go);
  }).finally(() => quit.abort());
  if (!wish.stop) tell(t("正在再问一次……"));
}

function tell(words) {
  const note = banner?.querySelector("[role=status]");
  if (note) note.textContent = words;
}

function show(seconds, go, stop) {
  const words = t("{seconds}秒后自动再问，一有回音就告诉您。", { seconds });
  if (!banner) {
    banner = el("div", { id: "resend", class: "notice warn" },
      el("p", { role: "alert" }, el("strong", {}, t("还没收到回音，不知道交上没有。")), " ",
        t("您填的内容都在。请不要走开，系统会自动再问，不会重复登记。")),
      el("p", { role: "status" }, words),
      el("div", { class: "row" },
        el("button", { type: "button", id: "resend-now", class: "button" }, t("现在再问一次")),
        el("button", { type: "button", id: "resend-stop", class: "button plain" }, t("不等了，回去看看"))));
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
