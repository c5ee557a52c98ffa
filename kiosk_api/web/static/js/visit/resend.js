/* A submission that outlasts an outage. One key for all tries, so that it is registered once at
   most; the caller shows a number only when this has answered. */

import { ApiError, post } from "../core/api.js";
import { Component } from "../core/component.js";
import { el, keepFocus } from "../core/dom.js";
import { waitFor } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { pause } from "./outage.js";

/** The answer to POST `path` with `body` under `key`. While nobody answers it tries again, more and
    more slowly, until it is answered, the person stops it or the visit ends; see retry(). */
export async function submitWithRetry(path, body, key) {
  const banner = new WaitingBanner();
  try {
    return await retry(() => post(path, body, key), (attempt) => banner.rest(attempt));
  } finally {
    banner.root.remove();
  }
}

/** Tells that no answer has come yet, and lets the person ask at once or stop asking. */
class WaitingBanner extends Component {
  constructor() {
    super(el("div", { id: "resend", class: "notice warn" }));
    this.stopped = false;
  }

  init() {
    this.note = el("p", { role: "status" });
    this.root.append(
      el("p", { role: "alert" }, el("strong", {}, t("还没收到回音，不知道交上没有。")), " ",
        t("您填的内容都在。请不要走开，系统会自动再问，不会重复登记。")),
      this.note,
      el("div", { class: "row" },
        el("button", { type: "button", id: "resend-now", class: "button", click: () => this.goOn && this.goOn() },
          t("现在再问一次")),
        el("button", { type: "button", id: "resend-stop", class: "button plain", click: () => this.stop() },
          t("不等了，回去看看"))));
  }

  /** Wait for the next try; ends early when the network is back or the person presses a button.
      False once the person has stopped it, also while the try was under way. */
  async rest(attempt) {
    if (this.stopped) return false;
    const ms = pause(attempt + 1);
    const over = new Promise((done) => { this.goOn = done; });
    this.show(t("{seconds}秒后自动再问，一有回音就告诉您。", { seconds: Math.ceil(ms / 1000) }));
    addEventListener("online", this.goOn);
    waitFor(ms).then(this.goOn);
    await over;
    removeEventListener("online", this.goOn);
    if (!this.stopped) this.note.textContent = t("正在再问一次……");
    return !this.stopped;
  }

  stop() {
    this.stopped = true;
    this.note.textContent = t("好，听到这一次的回音就停。");
    if (this.goOn) this.goOn();
  }

  show(words) {
    if (!this.note) {
      this.init();
      this.note.textContent = words;
      document.querySelector("main").prepend(this.root);
      this.root.scrollIntoView({ block: "start" });
      keepFocus(this.root.querySelector("#resend-now"));
    }
    this.note.textContent = words;
  }
}

/** What `send()` answers. After a try of which nobody knows whether it was received, `rest(attempt)` is
    awaited and it is tried again; when `rest` answers false the person has stopped it.

    Rejects with the ApiError of a refusal. It is `unsure` when the person stopped it or when an
    earlier try was not answered: then it may have been registered, and the same key must be used again. */
export async function retry(send, rest) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!error.unsure) throw attempt ? doubtful(error) : error;
    }
    if (!(await rest(attempt))) {
      throw new ApiError(0, "stopped",
        t("还没收到回音，不知道交上没有。您填的内容还在。想知道，请再按一次刚才的按钮，不会重复登记；也可以请窗口工作人员查。"));
    }
  }
}

/** A refusal after a try that nobody answered. A conflict says by itself what became of that try. */
function doubtful(error) {
  if (error.code === "idempotency_conflict") return error;
  const detail = `${error.detail} ${t("刚才那一次交上没有，还不知道。请再按一次问问，不会重复登记。")}`;
  return new ApiError(error.status, error.code, detail, error.errors, true);
}
