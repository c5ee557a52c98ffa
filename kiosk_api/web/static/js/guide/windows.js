/* Which window for this matter: a proposal with its reason, never a refusal; and the plan with the way there. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el, keepFocus, onSubmit } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { icon } from "../core/parts.js";
import { keepOpening } from "./opening.js";
import { proposal } from "./proposal.js";

/** The root is the form with the matter. */
export class FindWindow extends Component {
  init() {
    this.box = byId("proposal");
    this.field = byId("matter");
    this.button = byId("find");
    onSubmit(this.root, () => this.find(this.field.value));
    addEventListener("hashchange", markFromAddress);
    for (const one of document.querySelectorAll(".show-way")) {
      one.addEventListener("click", () => mark(one.dataset.key));
    }
    keepOpening(document, sumUp)();
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
    const card = byId(`window-${route.window}`);
    this.box.replaceChildren(
      el("div", { class: "notice" }, proposal(route), openNow(card), where(card)),
      el("div", { class: "row" }, ways(route.window, card)),
      el("p", { class: "muted extra" }, t("这是建议，去哪个窗口由您定。去错了也会登记，不会让您白跑。")),
      el("div", { class: "row" }, el("a", { class: "button", href: "/talk" }, t("现在就登记这件事"))),
    );
  }
}

/** How many are open, for whoever stands before the screen; nothing where the hours are not known. */
function sumUp() {
  const tags = [...document.querySelectorAll(".room .opening:not([hidden])")];
  const are = (look) => tags.filter((one) => one.classList.contains(look)).length;
  const open = are("good");
  const line = byId("open-now");
  line.hidden = !open && (!tags.length || are("care") < tags.length);
  line.textContent = open ? t("现在开着{count}个。", { count: open }) : t("写明时间的，现在都没开。");
}

/** Whether the proposed window is open, as its card says. */
function openNow(card) {
  const tag = card && card.querySelector(".opening:not([hidden])");
  return tag ? el("p", {}, tag.cloneNode(true)) : null;
}

/** Where it is, as its card says. */
function where(card) {
  const place = card && card.querySelector(".room-facts dd");
  return place ? el("p", {}, t("在哪里"), t("："), place.textContent) : null;
}

function ways(key, card) {
  if (!card) return [];
  return [
    byId(`plan-${key}`)
      ? el("a", { class: "button plain", href: "#plan-title" }, icon("way"), t("怎么走"))
      : null,
    el("a", { class: "button plain", href: `#window-${key}` }, icon("bring"), t("看这个窗口：带什么")),
    el("a", { class: "button quiet", href: `/windows/${key}` }, icon("phone"), t("带走")),
  ].filter(Boolean);
}

/** Mark a window in the list and on the plan, with the way to it; "" marks none. */
function mark(key) {
  for (const one of document.querySelectorAll(".room, .plan a")) {
    one.classList.toggle("chosen", [`window-${key}`, `plan-${key}`].includes(one.id));
  }
  for (const one of document.querySelectorAll(".plan .way")) one.classList.toggle("chosen", one.dataset.to === key);
  for (const one of document.querySelectorAll(".key-way")) {
    one.hidden = !one.closest(".plan-key").previousElementSibling.querySelector(".way.chosen");
  }
  bringIntoFrame(byId(`plan-${key}`));
}

/** A plan that is wider than the screen is moved so that the window is in sight. The page itself stays where it is. */
function bringIntoFrame(onPlan) {
  const frame = onPlan && onPlan.closest(".plan-frame");
  if (!frame || frame.scrollWidth <= frame.clientWidth) return;
  const box = onPlan.getBoundingClientRect();
  const around = frame.getBoundingClientRect();
  frame.scrollLeft += box.left + box.width / 2 - around.left - around.width / 2;
}

function markFromAddress() {
  const [, key] = /^#window-(\w+)$/.exec(location.hash) || [];
  if (!key) return;
  mark(key);
  const asked = byId(`window-${key}`);
  if (asked) asked.focus();
}
