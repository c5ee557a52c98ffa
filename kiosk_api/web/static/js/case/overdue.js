/* Something is late: what, since when, and what can be done about it. */

import { dayZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { ringLink } from "../core/office_phone.js";
import { button } from "../core/parts.js";
import { remaining } from "./due.js";

const OF_THE_OFFICE = "route";

/** The banner, or null while nothing is late; `urge()` opens what urges, where that is allowed now. */
export function overdueBanner({ overdue, deadlines, can }, urge) {
  if (!overdue) return null;
  const late = deadlines.filter((one) => one.state === "overdue");
  return el("section", { class: "notice bad", id: "overdue", "aria-label": t("超期了") },
    late.map((one) => el("p", {}, el("strong", {}, t("“{what}”超期了", { what: t(one.label) })),
      t("：应该在{day}以前办到。", { day: dayZh(one.due_on) }), " ", remaining(one)[0])),
    el("p", {}, late.some((one) => one.key === OF_THE_OFFICE)
      ? t("这一步是信访部门的事。您可以催，也可以打咨询电话或者到窗口问。不按时转送的，要改正（《信访工作条例》第四十三条）。")
      : t("您可以催。拖着不办的，由信访部门督办（《信访工作条例》第四十条）。")),
    can.urge.allowed ? button("urge", t("去催办"), "", urge, { id: "to-urge" }) : el("p", { class: "muted" }, t(can.urge.reason)),
    ringLink());
}
