/* A long text that shows its beginning first, and all of it at a touch. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const LETTERS = 260;
const LINES = 8;

/** A paragraph of what somebody wrote; lines are kept. */
export function longText(text, attributes = {}) {
  const part = el("p", { class: "part", ...attributes }, text);
  if (text.length <= LETTERS && text.split("\n").length <= LINES) return part;
  part.classList.add("folded");
  const more = el("button", { type: "button", class: "button quiet", "aria-expanded": "false", click: () => {
    const folded = part.classList.toggle("folded");
    more.setAttribute("aria-expanded", String(!folded));
    more.textContent = folded ? t("看全文") : t("收起来");
  } }, t("看全文"));
  return [part, more];
}
