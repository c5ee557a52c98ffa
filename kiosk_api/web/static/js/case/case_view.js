/* A case as its petitioner sees it: status, opinion, dates, what has been done. */

import { dayZh, momentZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";
import { deadlineList } from "./receipt.js";

/** The elements of `found`; `actions` is the section of what the citizen may do, `after` what follows. */
export function caseParts(found, { notice, actions, after }) {
  return [
    notice ? el("p", { class: "notice good", role: "status", id: "notice" }, notice) : "",
    head(found),
    opinion(found.opinion),
    found.guessed_at ? el("p", { class: "notice warn", id: "guessed-at" }, t(found.guessed_at.sentence)) : "",
    section(t("期限"), found.deadlines.length ? deadlineList(found.deadlines)
      : el("p", { id: "deadlines" }, t("现在没有正在计算的期限。"))),
    actions,
    section(t("办理过程"), el("ol", { id: "timeline" }, found.timeline.map(event))),
    after,
  ].filter(Boolean);
}

const section = (title, ...children) => el("section", { class: "card" }, el("h2", {}, title), children);

function head(found) {
  return el("section", { class: "card case-head", "aria-label": t("现在的状态") },
    el("p", { class: "muted" }, t("信访件编号")),
    el("strong", { class: "number", id: "case-number" }, found.case_number),
    el("p", { class: "state", id: "state" }, t(found.status_label)),
    el("p", {}, found.responsible_unit ? t("经办单位：{unit}", { unit: found.responsible_unit })
      : t("还没有转到经办单位。")));
}

function opinion(one) {
  if (!one) return null;
  const parts = [
    ["request", t("您的诉求")], ["facts_and_reasons", t("事实和理由")],
    ["finding", t("处理意见")], ["legal_basis", t("依据")],
  ];
  return el("section", { class: "card", id: "opinion" },
    el("h2", {}, t("处理意见书")),
    el("p", {}, el("strong", {}, t(one.outcome_label)), t("（{day}）", { day: dayZh(one.concluded_at) })),
    parts.map(([name, label]) => [el("h3", {}, label), el("p", { class: "part" }, one[name])]));
}

function event(one) {
  return el("li", {},
    el("p", {}, el("strong", {}, t(one.label)), one.pictures ? t("（{count}张照片）", { count: one.pictures }) : ""),
    el("p", { class: "muted" },
      [momentZh(one.at), one.article_label && cited(one.article_label)].filter(Boolean).join("　")));
}
