/* Which window for this matter: a proposal with its reason, never a refusal. */

import { post } from "./api.js";
import { byId, el } from "./dom.js";

/** The proposal as elements; also used by the form before it is sent. */
export function proposal(route) {
  const others = route.alternatives.filter((one) => one.window !== route.window);
  return [
    route.emergency ? el("p", { class: "notice bad", role: "alert" },
      "如果现在有危险，请先拨110；有人受伤生病拨120；着火拨119。") : null,
    el("p", {}, "建议去：", el("strong", {}, route.window_label)),
    el("p", {}, route.reason),
    route.article_labels.every((one) => route.reason.includes(one.replace(/^《.*》/, ""))) ? null
      : el("p", { class: "muted" }, `依据：${route.article_labels.join("、")}`),
    others.length ? el("p", { class: "muted" },
      `也可能是：${others.slice(0, 2).map((one) => one.window_label).join("、")}`) : null,
  ].filter(Boolean);
}

async function find(text) {
  const box = byId("proposal");
  if (!text.trim()) {
    box.replaceChildren(el("p", { class: "error" }, "请先说说是什么事。"));
    byId("matter").focus();
    return;
  }
  byId("find").disabled = true;
  box.replaceChildren(el("p", { class: "busy" }, "正在看……"));
  try {
    const route = await post("/route", { text });
    for (const room of document.querySelectorAll(".room")) {
      room.classList.toggle("chosen", room.id === `window-${route.window}`);
    }
    box.replaceChildren(el("div", { class: "notice" }, proposal(route),
      el("p", {}, el("a", { href: `#window-${route.window}` }, "看这个窗口在哪里"))),
    el("p", { class: "muted" }, "这是建议，去哪个窗口由您定。去错了也会登记，不会让您白跑。"),
    el("div", { class: "row" }, el("a", { class: "button", href: "/talk" }, "现在就登记这件事")));
  } catch (error) {
    box.replaceChildren(el("p", { class: "notice warn" }, error.detail));
  }
  byId("find").disabled = false;
}

byId("route-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  find(byId("matter").value);
});
