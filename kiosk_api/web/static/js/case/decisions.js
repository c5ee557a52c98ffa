/* What was decided on a case, each decision whole; the one in force stands first. */

import { dayZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";

/** The section of all decisions of a case, or null while there is none. */
export function decisionList(decisions) {
  if (!decisions || !decisions.length) return null;
  const newest = [...decisions].reverse();
  const sorted = [...newest.filter((one) => one.in_force), ...newest.filter((one) => !one.in_force)];
  return el("section", { class: "card", id: "decisions" },
    el("h2", {}, t("给您的答复和决定")), sorted.map(decision));
}

function decision(one) {
  return el("article", { class: one.in_force ? "decision in-force" : "decision", "data-kind": one.kind },
    el("h3", {}, t(one.label), t("（{day}）", { day: dayZh(one.at) })),
    one.standing_label ? el("p", { class: "standing" }, t(one.standing_label)) : null,
    one.outcome_label ? el("p", {}, el("strong", {}, t(one.outcome_label))) : null,
    one.parts.map(({ name, label }) => [el("h4", {}, t(label)),
      el("p", { class: "part" }, one.text[name] || one[name])]),
    dates(one),
    one.article_label ? el("p", { class: "muted" }, cited(one.article_label)) : null);
}

function lastDay({ kind, last_day: last }) {
  const day = dayZh(last);
  return kind === "opinion" ? t("不同意的，最晚{day}申请复查。", { day }) : t("不同意的，最晚{day}申请复核。", { day });
}

function dates(one) {
  return [
    one.by ? el("p", {}, t("最晚{day}再给您答复。", { day: dayZh(one.by) })) : null,
    one.last_day ? el("p", {}, el("strong", {}, lastDay(one))) : null,
  ];
}
