/* Fields of what a citizen may do with a case, and what can be checked without the server. */

import { tailOrPhone } from "../core/codes.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** Four digits, or the whole number when strangers have used up the tries at four; the server checks it. */
export const isTailOrPhone = tailOrPhone;

const ratings = () => [["satisfied", t("满意")], ["fairly_satisfied", t("基本满意")], ["dissatisfied", t("不满意")]];

export const area = (name, label) => el("div", { class: "field" },
  el("label", { for: `f-${name}` }, label, el("span", { class: "optional" }, t("（可不填）"))),
  el("p", { class: "error", id: `error-${name}`, hidden: true }),
  el("textarea", { id: `f-${name}`, name, rows: "3", autocomplete: "off" }));

export const tail = (id) => el("div", { class: "field" },
  el("label", { for: `f-${id}` }, t("登记电话的后四位")),
  el("p", { class: "hint" }, t("确认是您本人。输不对的次数多了，可以输完整的电话号码。")),
  el("p", { class: "error", id: `error-${id}`, hidden: true }),
  el("input", { id: `f-${id}`, name: "phone_tail", type: "tel", inputmode: "tel", maxlength: "20",
    autocomplete: "off", required: true }));

export function rating(name, label) {
  return el("fieldset", {}, el("legend", {}, label),
    el("p", { class: "error", id: `error-${name}`, hidden: true }),
    el("div", { class: "stars" }, ratings().map(([value, words]) => el("label", { class: "tick" },
      el("input", { type: "radio", name, value, required: true }), el("span", {}, words)))));
}

/** Entries of a form by the API's names: those filled in, without the action's own prefix. */
export function entriesOf(pairs) {
  const entries = {};
  for (const [name, text] of pairs) {
    if (text.trim()) entries[name.replace(/^(urge|rate|review|withdraw)_/, "")] = text.trim();
  }
  return entries;
}

/** Errors {field, detail} of `entries`; `has(name)` tells whether the form asks for that field. */
export function missing(entries, has, { pictures = false } = {}) {
  const errors = [];
  const add = (field, detail) => errors.push({ field, detail });
  if (pictures && !entries.attachments) add("attachments", t("请先拍好或选好照片，再点提交。"));
  for (const [name, who] of [["petition_office", t("信访部门")], ["responsible_unit", t("办理单位")]]) {
    if (has(name) && !entries[name]) add(name, t("请给{who}选一个评价。", { who }));
  }
  if (has("phone_tail") && !isTailOrPhone(entries.phone_tail || "")) {
    add("phone_tail", t("请输入登记电话的后四位数字，比如 1234。"));
  }
  return errors;
}
