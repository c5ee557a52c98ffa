/* Pictures on their way to the server: one after the other, and who waits for them. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { endsSending, lightCheck } from "./limits.js";

export class Sending {
  /** `keep(file, signal)` sends one file and rejects with an ApiError. */
  constructor(keep) {
    this.keep = keep;
    this.underWay = 0;
    this.lost = false;    // since nothing was on its way: something was not kept
    this.waiting = [];    // who wants to know when nothing is on its way any more
    this.off = new AbortController();
  }

  get busy() {
    return this.underWay > 0;
  }

  /** Sends `files`; answers a sentence for each refusal. `begin(index)` is called before each and
      answers false when the visit is over, which leaves the rest unsent. */
  async send(files, mib, begin) {
    const refused = [];
    const { signal } = this.off;
    if (!this.busy) this.lost = false;
    this.underWay += 1;
    for (const [index, file] of files.entries()) {
      const why = lightCheck(file, mib);
      if (why) {
        refused.push(why);
        continue;
      }
      if (!begin(index)) return refused;
      try {
        await this.keep(file, signal);
      } catch (error) {
        if (signal.aborted) break; // given up on purpose: no fault to report
        refused.push(error.detail);
        if (endsSending(error.code)) break;
      }
    }
    this.underWay -= 1;
    this.lost = this.lost || refused.length > 0;
    return refused;
  }

  /** Tell those who wait, once nothing is on its way. */
  settle() {
    if (!this.busy) for (const done of this.waiting.splice(0)) done(!this.lost);
  }

  /** Settles once nothing is on its way: true when all of it was kept. */
  settled() {
    return new Promise((done) => { this.waiting.push(done); });
  }

  /** What is on its way is given up, what was kept stays. */
  giveUp() {
    this.off.abort();
    this.off = new AbortController();
  }
}

/** True when whoever waits may go on: no photo waits for a yes or no, and nothing is on its way any
    more. `box` shows the waiting and a button that ends it; a second call meanwhile answers false. */
export async function allThere(pictures, box) {
  if (box.childElementCount) return false;
  if (pictures.undecided()) return false;
  if (!pictures.busy()) return true;
  let over = false;
  box.replaceChildren(el("span", { role: "status" }, t("照片还在放，请等一下。")), el("button", { type: "button",
    id: "wait-no-more", class: "button plain", click: () => { over = true; pictures.giveUp(); } }, t("不等了，没放好的先不要")));
  const kept = await pictures.settled();
  box.replaceChildren();
  return kept || over;
}
