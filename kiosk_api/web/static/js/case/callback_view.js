/* A request to be called back, as the status page shows it. */

import { momentZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { ringLink } from "../core/office_phone.js";

/** How it stands; nothing in it is touched. */
export const callbackStanding = (found, code) => el("section", { class: "case-standing", "aria-label": t("现在的状态") },
  el("p", { class: "muted" }, t("回电码"), " ", el("strong", { class: "number", id: "callback-number" }, code)),
  el("p", { class: "state", id: "state" }, t(found.state_label)),
  el("p", { class: "lead", id: "callback-next" }, next(found)));

/** What follows on it; `cancel()` is called when no call is needed any more. */
export function callbackParts(found, { cancel }) {
  return [
    namesThePhone(found) && ringLink(),
    el("section", { class: "card" }, el("h2", {}, t("办理过程")),
      el("ol", { id: "timeline" }, found.events.map((one) => el("li", {},
        el("p", {}, el("strong", {}, t(one.label))),
        el("p", { class: "muted" }, momentZh(one.at)))))),
    found.can_withdraw && el("button", { type: "button", id: "callback-cancel", class: "button plain", click: cancel },
      t("不用打了，取消回电")),
  ].filter(Boolean);
}

/** Whether the citizen is told to ring the office. */
const namesThePhone = ({ state, is_overdue }) => state === "missed" || (state === "waiting" && is_overdue);

function next({ state, due_by, is_overdue, tries }) {
  if (state === "missed") return t("想再等电话，请在“找工作人员”里再留一次，或者直接打咨询电话。");
  if (state !== "waiting") return "";
  const moment = momentZh(due_by);
  if (is_overdue) return t("说好{moment}以前打给您，已经过了。请直接打咨询电话，或者到窗口。", { moment });
  return tries ? t("没有打通，还会再打，最晚{moment}以前。", { moment })
    : t("工作人员最晚{moment}以前打给您。这是本单位的安排。", { moment });
}
