/* The steps of a case: what was done and when, what goes on and until when, what may follow. */

import { dayZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";
import { icon } from "../core/parts.js";

const GOES_ON = ["now", "late"];
const MARKS = { done: "tick", late: "clock" };

/** All steps, in a list. */
export const stepList = (steps, id = "steps") => el("ol", { class: "steps", id }, steps.map((one) => el("li", {
  class: one.state, "data-step": one.key, "aria-current": GOES_ON.includes(one.state) && "step",
},
el("span", { class: "mark" }, MARKS[one.state] ? icon(MARKS[one.state]) : null),
el("p", {}, el("strong", {}, t(one.label)), " ", el("span", { class: one.state === "late" ? "error" : "muted" }, said(one))))));

/** When it was done, is due or may follow. */
function said({ key, state, on, by, days, article }) {
  if (state === "done") return dayZh(on);
  if (state === "late") return t("超期了，应该在{day}以前办到", { day: dayZh(by) });
  if (state === "now") return by ? t("正在等这一步，最晚{day}", { day: dayZh(by) }) : t("正在等这一步");
  if (key === "review" || key === "reexamination") {
    return by ? t("不同意的，最晚{day}可以申请", { day: dayZh(by) }) : t("不同意的，收到书面意见起30日内可以申请");
  }
  if (days) return t("前一步办好以后，{days}天以内", { days });
  return key === "answered" && article !== "23" ? t("办完书面告诉您") : "";
}

const COMING_MOST = 3;

/** What happens next after the registration, three lines at most. */
export function comingList(steps) {
  const told = steps.filter((one) => one.state !== "done" && coming(one)).slice(0, COMING_MOST);
  return told.length ? [el("ol", { class: "coming", id: "coming" }, told.map((one) => el("li", {}, coming(one)))),
    el("p", { class: "muted extra" }, t("依据：{laws}", { laws: [...new Set(told.map((one) => cited(one.article_label)))].join(t("、")) }))]
    : null;
}

/** One of those lines; "" where nothing can be said. */
function coming({ key, state, by, days }) {
  const first = GOES_ON.includes(state) && by;
  const words = {
    handed_over: () => (first ? t("最晚{day}，信访部门转给有权处理的单位。", { day: dayZh(by) }) : t("信访部门转给有权处理的单位。")),
    accepted: () => (first ? t("最晚{day}，单位书面告诉您受不受理。", { day: dayZh(by) })
      : days && t("单位收到以后{days}天以内，书面告诉您受不受理。", { days })),
    handled: () => (first ? t("最晚{day}，办好并给您书面意见。", { day: dayZh(by) })
      : days ? t("受理以后{days}天以内办好，给您书面意见；情况复杂的可以依法延长。", { days }) : t("由有权处理的单位依法办理。")),
    answered: () => t("办理结果按规定告诉您。"),
  }[key];
  return words ? words() || "" : "";
}
