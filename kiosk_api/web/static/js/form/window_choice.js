/* On the check page: which window is proposed, the list to choose another from, and whether the words leave in
   doubt that somebody in office is accused. */

import { get, post } from "../core/api.js";
import { Component } from "../core/component.js";
import { cut } from "../core/cut.js";
import { el } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";
import { openingTag } from "../core/parts.js";
import { proposal } from "../guide/proposal.js";

/** An answer once given stays in sight, so that it can be changed. */
export const asksWhetherItAccuses = (route, answers) => route.accusation === "doubtful" || Boolean(answers);

/** The root is the box of the proposal. */
export class WindowChoice extends Component {
  /** `choice` is the select element, `accuses` the question about an accusation, `chosen` the window handed over. */
  constructor(root, choice, accuses, chosen = "") {
    super(root);
    Object.assign(this, { choice, accuses, chosen });
  }

  async init() {
    try {
      const { windows } = await get("/windows");
      this.choice.append(...windows.filter((one) => one.kind === "window")
        .map((one) => el("option", { value: one.key }, one.label)));
      if (!this.choice.value) this.choice.value = this.chosen; // there was nothing to choose from before
    } catch {
      /* the proposal alone is enough */
    }
  }

  /** Propose a window for the petition's `body`. */
  async propose(body) {
    this.root.replaceChildren(el("p", { class: "busy" }, t("正在看该去哪个窗口……")));
    try {
      const text = cut([body.request, body.facts, body.reasons].filter(Boolean).join("\n"), facts().limits.text);
      const route = await post("/route", { text, answers: body.route_answers });
      this.root.replaceChildren(...[...proposal(route), openingTag(route.opening)].filter(Boolean));
      this.accuses.hidden = !asksWhetherItAccuses(route, body.route_answers);
    } catch {
      this.root.replaceChildren(el("p", {}, t("提交以后会告诉您该去哪个窗口。")));
    }
  }
}
