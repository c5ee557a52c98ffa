/* Which window for this matter: a proposal with its reason, never a refusal; and the plan. */

import { post } from "../core/api.js";
import { byId, el, keepFocus, onSubmit } from "../core/dom.js";
import { because, t } from "../core/i18n.js";

/** The proposal as elements; also used by the form before it is sent. */
export function proposal(route) {
  const others = route.alternatives.filter((one) => one.window !== route.window);
  return [
    route.emergency ? el("p", { class: "notice bad", role: "alert" },
      t("如果现在有危险，请先拨110；有人受伤生病拨120；着火拨119。")) : null,
    el("p", {}, t("建议去："), el("strong", {}, t(route.window_label))),
    el("p", {}, because(route)),
    others.length ? el("p", { class: "muted extra" }, t("也可能是：{others}",
      { others: others.slice(0, 2).map((one) => t(one.window_label)).join(t("、")) })) : null,
  ].filter(Boolean);
}

/** Mark a window in the list and on the plan; "" marks none. */
function mark(key) {
  for (const one of document.querySelectorAll(".room, .plan a")) {
    one.classList.toggle("chosen", [`window-${key}`, `plan-${key}`].includes(one.id));
  }
}

async function find(text) {
  const box = byId("proposal");
  if (!text.trim()) {
    box.replaceChildren(el("p", { class: "error" }, t("请先说说是什么事。")));
    byId("matter").focus();
    return;
  }
  byId("find").disabled = true;
  box.replaceChildren(el("p", { class: "busy" }, t("正在看……")));
  try {
    const route = await post("/route", { text });
    mark(route.window);
    const onPlan = byId(`plan-${route.window}`);
    box.replaceChildren(el("div", { class: "notice" }, proposal(route),
      el("p", {}, el("a", { href: `#window-${route.window}` }, t("看这个窗口在哪里"))),
      onPlan ? el("p", {}, el("a", { href: "#plan-title" }, t("在楼层图上看"))) : null),
    el("p", { class: "muted extra" }, t("这是建议，去哪个窗口由您定。去错了也会登记，不会让您白跑。")),
    el("div", { class: "row" }, el("a", { class: "button", href: "/talk" }, t("现在就登记这件事"))));
  } catch (error) {
    box.replaceChildren(el("p", { class: "notice warn" }, t(error.detail)));
  }
  byId("find").disabled = false;
  keepFocus(byId("find"));
  box.scrollIntoView({ block: "nearest" });
}

function fromAddress() {
  const key = /^#window-(\w+)$/.exec(location.hash)?.[1];
  if (!key) return;
  mark(key);
  byId(`window-${key}`)?.focus();
}

const form = byId("route-form");
if (form) {
  onSubmit(form, () => find(byId("matter").value));
  addEventListener("hashchange", fromAddress);
  fromAddress();
}
