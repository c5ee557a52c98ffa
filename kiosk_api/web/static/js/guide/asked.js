/* What the assistant asks for now: how the box is set up for it, and what is covered. */

import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";

/** What is asked for besides the petition's fields. */
const otherLabels = () => ({
  confirm: t("对不对，或者要改哪里"), case_number: t("信访件编号"), phone_tail: t("电话后四位"),
});

/** {inputMode, autocapitalize, rows, label, secret} of the box while `name` is asked for. */
export function boxFor(name) {
  const field = facts().fields.find((one) => one.asked_as === name);
  const known = field || {};
  return {
    inputMode: known.keys === "phone" || name === "phone_tail" ? "tel" : "text",
    autocapitalize: name === "case_number" ? "characters" : "sentences",
    rows: known.rows > 1 ? 4 : 2,
    label: (known.chat_label && t(known.chat_label)) || otherLabels()[name] || t("您想说的话"),
    secret: Boolean(known.masked),
  };
}

/** What the citizen wrote, as the log shows it: a secret down to its last four for people looking on. */
export function shownText(text, secret) {
  return secret ? text.replace(/\d(?=[\dXx]{4})/g, "*") : text;
}
