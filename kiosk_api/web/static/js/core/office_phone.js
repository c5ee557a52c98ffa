/* The office's number as a link that rings it: only where the screen is a phone's. */

import { byId, el } from "./dom.js";
import { t } from "./i18n.js";

/** The digits of a phone number, for a link that rings it. */
export const dialled = (phone) => phone.replace(/[^+\d]/g, "");

/** What the office has filled in of its phone and hours, as every page brings it; "" for what is missing. */
export function officeReached() {
  const { phone = "", hours = "" } = (byId("staff") || {}).dataset || {};
  return { phone, hours };
}

/** The link, or null where there is no number. */
export function ringLink() {
  const { phone } = officeReached();
  return phone ? el("a", { class: "button plain on-phone", href: `tel:${dialled(phone)}` },
    t("打咨询电话：{phone}", { phone })) : null;
}
