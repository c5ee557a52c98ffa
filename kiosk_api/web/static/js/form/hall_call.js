/* A terminal calls the hall's staff. Offered only while the desk is open; "somebody is coming" is shown
   only when an officer has taken the call. */

import { get, post } from "../core/api.js";
import { Component } from "../core/component.js";
import { el, keepFocus } from "../core/dom.js";
import { waitFor } from "../core/forget.js";
import { t } from "../core/i18n.js";

const ASK_MS = 4000;

export class HallCall extends Component {
  constructor() {
    super(el("div", { id: "hall-call-box" }));
  }

  init() {
    this.words = el("p", { id: "hall-call-state", class: "notice", role: "status", tabindex: "-1", hidden: true });
    this.button = el("button", { type: "button", id: "hall-call", class: "button", hidden: true,
      click: () => this.call() }, t("叫工作人员过来"));
    this.root.append(this.words, this.button);
    this.offer();
  }

  async offer() {
    try {
      this.button.hidden = !(await get("/hall-calls")).available;
    } catch {
      /* the other ways are offered all the same */
    }
  }

  async call() {
    this.button.disabled = true;
    try {
      await this.follow(await post("/hall-calls", {}));
    } catch (error) {
      this.show(error.detail, "warn");
    }
    this.button.disabled = false;
  }

  async follow(made) {
    this.button.hidden = true;
    this.show(t("已经通知大厅工作人员，请在这台机器旁边等一等。"));
    const state = await outcome(made, () => this.root.isConnected);
    if (state === "waiting") return;
    if (state === "taken") this.show(t("工作人员马上来，请在这台机器旁边等。"), "good");
    else this.show(t("等了15分钟，没有人应答。您可以留个电话，请人打给您。"), "warn");
  }

  show(words, kind = "") {
    this.words.textContent = words;
    this.words.className = `notice ${kind}`;
    this.words.hidden = false;
    keepFocus(this.words);
  }
}

/** The state of a call once somebody has taken it or it is over; `waiting` when `isShown()` has become
    false. An answer that does not come is asked for again. */
export async function outcome({ call, state }, isShown, rest = () => waitFor(ASK_MS)) {
  let now = state;
  while (now === "waiting") {
    await rest();
    if (!isShown()) break;
    try {
      now = (await post("/hall-calls/state", { call })).state;
    } catch (error) {
      if (!error.unsure) throw error;
    }
  }
  return now;
}
