/* 问一问: an answer in the handbook's own words, choices, or an honest referral. */

import { post } from "../core/api.js";
import { byId, el, keepFocus, onSubmit } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";
import { onWipe } from "../core/forget.js";

const box = byId("answer");
const field = byId("question");
let before = "";  // what was asked just before, for 那复核呢; lives in this page only

onWipe(() => {
  before = "";
});

async function ask(question) {
  if (!question.trim()) {
    box.replaceChildren(el("p", { class: "error" }, t("请先写下想问的问题。")));
    field.focus();
    return;
  }
  byId("ask").disabled = true;
  box.replaceChildren(el("p", { class: "busy" }, t("正在翻手册……")));
  try {
    box.replaceChildren(...render(await post("/handbook/ask", { question, before })));
    before = question;
  } catch (error) {
    box.replaceChildren(el("p", { class: "notice warn" }, error.detail));
  }
  byId("ask").disabled = false;
  keepFocus(byId("ask"));
  box.scrollIntoView({ block: "nearest" });
}

const choices = (found) => el("ul", { class: "links" }, found.choices.map((one) => el("li", {},
  el("a", { href: `/handbook/${encodeURIComponent(one.slug)}` }, one.question))));

function render(found) {
  if (found.parts) return found.parts.flatMap(render);
  if (found.outcome === "answer") {
    return [el("div", { class: "notice" }, el("p", {}, found.answer)), el("ul", { class: "links" },
      found.citations.map((one) => el("li", {},
        el("a", { href: one.url }, t("详细看：{section}（{article}）", { section: one.section, article: cited(one.article) })))))];
  }
  if (found.outcome === "choices") {
    return [el("p", {}, t("您是想问下面哪一个？")), choices(found)];
  }
  return [el("div", { class: "notice warn" }, el("p", {}, found.refer),
    el("p", {}, found.own_case ? el("a", { class: "button plain", href: "/status" }, t("查进度"))
      : el("a", { class: "button plain", href: "/talk" }, t("把事情说给助手听"))))];
}

onSubmit(byId("ask-form"), () => ask(field.value));
