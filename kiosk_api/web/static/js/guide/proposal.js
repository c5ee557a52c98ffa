/* The proposal of a window with its reason; also used by the form before it is sent. */

import { el } from "../core/dom.js";
import { because, t } from "../core/i18n.js";

const MOST_OTHERS = 2;

/** `route` of POST /route as elements. */
export function proposal(route) {
  const others = route.alternatives.filter((one) => one.window !== route.window);
  return [
    route.emergency ? el("p", { class: "notice bad", role: "alert" },
      t("如果现在有危险，请先拨110；有人受伤生病拨120；着火拨119。")) : null,
    el("p", {}, t("建议去："), el("strong", {}, t(route.window_label))),
    el("p", {}, because(route)),
    others.length ? el("p", { class: "muted extra" }, t("也可能是：{others}",
      { others: others.slice(0, MOST_OTHERS).map((one) => t(one.window_label)).join(t("、")) })) : null,
  ].filter(Boolean);
}
