/* The first thing about a case: how it stands in plain words, who has it, what comes next and how many days are left. */

import { dayZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { meter } from "../core/parts.js";
import { daysLeft, remaining } from "./due.js";

/** What is read first; nothing in it is touched. */
export const standing = (found) => el("section", { class: "case-standing", "aria-label": t("现在的状态") },
  el("p", { class: "muted" }, t("信访件编号"), " ", el("strong", { class: "number", id: "case-number" }, found.case_number)),
  el("p", { class: "state", id: "state" }, t(found.status_label)),
  el("p", { class: "lead", id: "in-words" }, inWords(found)),
  el("dl", { class: "facts" },
    found.status !== "withdrawn" && row(t("现在在谁那里"), el("dd", { id: "holder" }, t(found.holder.unit))),
    found.next && row(t("下一步"), comesNext(found))));

const row = (name, ...said) => el("div", {}, el("dt", {}, name), said);

function comesNext({ next, deadlines }) {
  const clock = deadlines.filter((one) => one.key === next.clock).pop();
  const said = { what: t(next.what), who: t(next.who), day: dayZh(next.by) };
  const words = next.clock.startsWith("ask_") ? t("{what}，最晚{day}。", said) : t("{what}（{who}），最晚{day}。", said);
  if (!clock) return el("dd", { id: "next" }, words);
  const [left, look] = remaining(clock);
  return el("dd", { id: "next" }, words, " ", el("strong", { class: `left ${look}`, id: "days-left" }, left),
    meter(...daysLeft(clock), { soon: "care", late: "bad" }[look] || ""));
}

/** A sentence for each state; what is said of an event is said only where the event was recorded. */
function inWords({ status, steps, holder }) {
  const unit = t(holder.unit);
  const asked = steps.some((one) => one.key === "accepted" && one.state !== "done");
  const words = {
    registered: () => t("已经登记好了。下一步由信访部门转给有权处理的单位，或者告诉您该去哪里。"),
    reported: () => t("信访部门已经往上报，等党委、政府决定。"),
    forwarded: () => (asked ? t("已经转给{unit}，等他们决定受不受理。", { unit }) : t("已经转给{unit}处理。", { unit })),
    assigned: () => (asked ? t("已经交给{unit}，要他们报告结果；现在等他们决定受不受理。", { unit })
      : t("已经交给{unit}处理，要他们报告结果。", { unit })),
    objected: () => t("收到的单位认为不归他们办，等信访部门决定。"),
    accepted: () => t("{unit}已经受理，正在办理。", { unit }),
    declined: () => t("没有受理。为什么、可以去哪里，看下面的决定。"),
    concluded: () => t("已经办完，有处理意见了，在下面。"),
    answered: () => t("有答复了，在下面。"),
    settled: () => t("达成了协议，内容在下面。"),
    under_review: () => t("您申请了复查，由{unit}复查。", { unit }),
    reviewed: () => t("复查有意见了，在下面。"),
    rehandling: () => t("原来的意见已经撤销，由{unit}重新办理。", { unit }),
    under_reexamination: () => t("您申请了复核，由{unit}复核。", { unit }),
    reexamined: () => t("复核有意见了，在下面。信访程序到这里结束。"),
    transferred: () => t("已经转给{unit}依法处理。", { unit }),
    guided: () => t("这件事要向政法机关反映。去哪里、带什么，在下面。"),
    withdrawn: () => t("您撤回了，不再办理。以后还可以重新登记。"),
    closed: () => t("这件事已经结束，材料归档了。"),
  }[status];
  return words ? words() : "";
}
