/* Dates by which somebody must act, in words and days. */

import { dayZh, daysUntil } from "../core/dates.js";
import { el } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";

const SOON_DAYS = 3;

/** A deadline {state, due_on} as [words, class]; colour never says it alone. */
export function remaining({ state, due_on: due }, now = new Date()) {
  const over = {
    met: t("已按时办到"), missed: t("已办到，但是晚了"), stopped: t("不再计算"), lapsed: t("时间已过"),
  }[state];
  if (over) return [over, state === "missed" ? "late" : ""];
  const days = daysUntil(due, now);
  if (days < 0) return [t("已超过{days}天", { days: -days }), "late"];
  if (state === "overdue") return [t("已经超期"), "late"]; // given more time once it was late
  return days === 0 ? [t("今天到期"), "soon"]
    : [t("还有{days}天", { days }), days <= SOON_DAYS ? "soon" : "fine"];
}

/** How many of the days of a deadline are left, and how many there are: a bar that grows shorter. One that is over is
    whole again, in the colour of what is late. */
export function daysLeft({ starts_on: from, due_on: due }, now = new Date()) {
  const all = daysUntil(due, new Date(`${from}T12:00:00+08:00`));
  const left = daysUntil(due, now);
  return [left < 0 ? all : left, all];
}

export function deadlineList(deadlines) {
  return el("ul", { class: "plain-list", id: "deadlines" }, deadlines.map((one) => {
    const [words, look] = remaining(one);
    return el("li", {},
      el("div", { class: "due" },
        el("span", {}, t("{what}：最晚", { what: t(one.label) }), el("strong", {}, dayZh(one.due_on))),
        el("span", { class: `left ${look}` }, words)),
      el("div", { class: "muted" }, cited(one.article_label),
        one.provisional ? t("。节假日安排公布后可能调整") : ""));
  }));
}
