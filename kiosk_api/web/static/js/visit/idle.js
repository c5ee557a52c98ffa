/* Asks 您还在吗？ after a time without anybody, and ends the visit when nobody answers.

   Times are in data attributes of <body>; large print gives more time. A narrow screen gets the longest; on somebody's
   own phone the pages made for phones ask nothing. Any touch, key, scroll or pointer counts as somebody being there. */

import { Component } from "../core/component.js";
import { ended, onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { isOwn, onPhone } from "../core/own_phone.js";

const SPOKEN_AT = [20, 10, 5]; // seconds left at which the countdown is spoken
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "input", "scroll", "wheel", "shared"];
const DRAW_MS = 250;

/** Milliseconds without anybody before the question: `times` are the data attributes of <body>, in seconds. */
export function quietMs(times, { phone, elder }) {
  if (phone) return 1000 * Number(times.idlePhoneSeconds);
  return 1000 * Number((elder && times.idleElderSeconds) || times.idleSeconds);
}

/** Whether the countdown is spoken when `seconds` are left; `last` is when it was spoken last. */
export function spokenAt(seconds, last, countdown) {
  return last === Infinity ? countdown : SPOKEN_AT.find((one) => seconds <= one && one < last);
}

/** The root is the dialog; `wipe()` ends the visit. */
export class IdleTimer extends Component {
  constructor(root, wipe) {
    super(root);
    this.wipe = wipe;
  }

  init() {
    this.countdown = Number(document.body.dataset.idleCountdown);
    this.phone = onPhone();
    this.words = this.root.querySelector("#idle-words");
    this.spoken = this.addSpoken();
    this.root.querySelector("#idle-end").addEventListener("click", () => this.wipe());
    this.root.querySelector("#idle-stay").addEventListener("click", () => this.stay());
    this.root.addEventListener("close", () => this.stay());
    for (const kind of SIGNS_OF_LIFE) {
      addEventListener(kind, () => { if (!this.root.open) this.restart(); }, { passive: true, capture: true });
    }
    onWipe(() => {
      clearTimeout(this.quiet);
      clearInterval(this.ticking);
    });
    // On a home page that nobody has touched there is nothing to clear.
    if (!document.body.classList.contains("home")) this.restart();
  }

  /** Beside the running figures, which are not read out: a politely spoken one now and then. */
  addSpoken() {
    const spoken = document.createElement("p");
    spoken.id = "idle-spoken";
    spoken.setAttribute("role", "status");
    Object.assign(spoken.style, { position: "absolute", left: "-999rem" });
    this.root.append(spoken);
    return spoken;
  }

  restart() {
    clearTimeout(this.quiet);
    const elder = document.documentElement.dataset.mode === "elder";
    const ms = isOwn() ? 0 : quietMs(document.body.dataset, { phone: this.phone, elder });
    if (!ended.aborted && ms > 0) this.quiet = setTimeout(() => this.warn(), ms);
  }

  warn() {
    const end = Date.now() + this.countdown * 1000;
    let last = Infinity;
    const show = () => {
      const seconds = Math.max(Math.ceil((end - Date.now()) / 1000), 0);
      const words = t("为了保护您的隐私，{seconds}秒后会清除屏幕上的内容。", { seconds });
      this.words.textContent = words;
      const mark = spokenAt(seconds, last, this.countdown);
      if (mark) {
        last = mark;
        this.spoken.textContent = words;
      }
      if (seconds <= 0) this.wipe();
    };
    if (!this.root.open) this.root.showModal(); // on closing the focus returns to where it was
    show();
    clearInterval(this.ticking);
    if (!ended.aborted) this.ticking = setInterval(show, DRAW_MS);
  }

  stay() {
    if (ended.aborted) return;
    clearInterval(this.ticking);
    this.spoken.textContent = "";
    if (this.root.open) this.root.close();
    this.restart();
  }
}
