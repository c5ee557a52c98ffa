/* A case as its petitioner sees it: status, what comes next, decisions, dates, what has been done. */

import { dayZh, momentZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";
import { decisionList } from "./decisions.js";
import { deadlineList } from "./receipt.js";

/** The elements of `found`; `actions` is the section of what the citizen may do, `told` how they are told at home,
    `after` what follows; `token` the receipt's, if it was shown; `keeping` how this page is kept on a phone. */
export function caseParts(found, { notice, actions, after, token, told = null, keeping = null }) {
  return [
    notice ? el("p", { class: "notice good", role: "status", id: "notice" }, notice) : "",
    head(found),
    keeping,
    decisionList(found.decisions, token),
    found.guessed_at ? el("p", { class: "notice warn", id: "guessed-at" }, t(found.guessed_at.sentence)) : "",
    section(t("期限"), found.deadlines.length ? deadlineList(found.deadlines)
      : el("p", { id: "deadlines" }, t("现在没有正在计算的期限。"))),
    actions,
    told,
    ownWords(found.own_words),
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
    el("p", { id: "holder" }, found.responsible_unit ? t("现在在：{unit}", { unit: t(found.holder.unit) })
      : t("还没有转到经办单位。")),
    comesNext(found));
}

function comesNext({ next, overdue }) {
  return [
    next ? el("p", { id: "next" }, nextStep(next)) : null,
    overdue ? el("p", { class: "notice warn", id: "overdue" },
      t("“{what}”已经超期，从{day}起算晚。", { what: t(overdue.label), day: dayZh(overdue.since) })) : null,
  ];
}

function nextStep({ clock, what, by, who }) {
  const said = { what: t(what), who: t(who), day: dayZh(by) };
  return clock.startsWith("ask_") ? t("下一步：{what}，最晚{day}。", said)
    : t("下一步：{what}（{who}），最晚{day}。", said);
}

function ownWords(words) {
  if (!words) return null;
  return el("section", { class: "card", id: "own-words" },
    el("h2", {}, t("您说的事")), el("p", { class: "part" }, words.facts),
    words.request ? [el("h3", {}, t("您的诉求")), el("p", { class: "part" }, words.request)] : null,
    el("p", { class: "muted" }, t("为了保护您的隐私，这里只在登记后的头几天显示。")));
}

function event(one) {
  return el("li", {},
    el("p", {}, el("strong", {}, t(one.label)), one.pictures ? t("（{count}张照片）", { count: one.pictures }) : "",
      one.at_the_window ? t("（您在窗口办的，工作人员代录）") : ""),
    el("p", { class: "muted" },
      [momentZh(one.at), one.article_label && cited(one.article_label)].filter(Boolean).join("　")));
}
