/* Which window for this matter: a proposal with its reason, never a refusal; and the plan. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el, keepFocus, onSubmit } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { proposal } from "./proposal.js";

/** The root is the form with the matter. */
export class FindWindow extends Component {
  init() {
    this.box = byId("proposal");
    this.field = byId("matter");
    this.button = byId("find");
    onSubmit(this.root, () => this.find(this.field.value));
    addEventListener("hashchange", markFromAddress);
    markFromAddress();
  }

  async find(text) {
    if (!text.trim()) {
      this.box.replaceChildren(el("p", { class: "error" }, t("请先说说是什么事。")));
      this.field.focus();
      return;
    }
    this.button.disabled = true;
    this.box.replaceChildren(el("p", { class: "busy" }, t("正在看……")));
    try {
      this.show(await post("/route", { text }));
    } catch (error) {
      this.box.replaceChildren(el("p", { class: "notice warn" }, t(error.detail)));
    }
    this.button.disabled = false;
    keepFocus(this.button);
    this.box.scrollIntoView({ block: "nearest" });
  }

  show(route) {
    mark(route.window);
    const onPlan = byId(`plan-${route.window}`);
    this.box.replaceChildren(el("div", { class: "notice" }, proposal(route),
      el("p", {}, el("a", { href: `#window-${route.window}` }, t("看这个窗口在哪里"))),
      onPlan ? el("p", {}, el("a", { href: "#plan-title" }, t("在楼层图上看"))) : null),
    el("p", { class: "muted extra" }, t("这是建议，去哪个窗口由您定。去错了也会登记，不会让您白跑。")),
    el("div", { class: "row" }, el("a", { class: "button", href: "/talk" }, t("现在就登记这件事"))));
  }
}

/** Mark a window in the list and on the plan; "" marks none. */
function mark(key) {
  for (const one of document.querySelectorAll(".room, .plan a")) {
    one.classList.toggle("chosen", [`window-${key}`, `plan-${key}`].includes(one.id));
  }
}

function markFromAddress() {
  const [, key] = /^#window-(\w+)$/.exec(location.hash) || [];
  if (!key) return;
  mark(key);
  const asked = byId(`window-${key}`);
  if (asked) asked.focus();
}
