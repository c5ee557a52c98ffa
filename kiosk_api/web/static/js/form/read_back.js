/* Everything read back on the check page, a row each with its 修改. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { maskedPhone } from "../core/phone.js";
import { petitionBody, petitionFields } from "./form_body.js";

/** "13912345678" → "*******5678", for people looking on. */
const lastFour = (text) => text.replace(/.(?=.{4})/g, "*");

const covered = (name, text) => (name === "phone" ? maskedPhone(text, lastFour) : lastFour(text));

/** [step, label, text] of each answer, in the order of the steps; `form` is read as FormFields does. */
export function answers(form, fields = petitionFields()) {
  const { petitioner, proxy, representatives = [], confidential, attachments, ...matter } = petitionBody(form, fields);
  const said = (given, wanted) => fields.filter(wanted).map(({ name, label, masked }) =>
    [name, t(label), masked ? covered(name, given[name] || "") : given[name] || ""]);
  return [
    ...said(matter, (one) => !one.of_person),
    ["confidential", t("保密"), confidential ? t("请为我保密") : t("不需要")],
    ["people", t("一起反映的人"), speakers(petitioner, representatives).join("\n") || t("没有")],
    ["attachments", t("材料"), attachments ? t("已附上") : t("没有")],
    ["who", t("这件事是谁的"), proxy ? t("我替别人办") : t("我自己的事")],
    ...(proxy ? proxyRows(form, proxy) : []),
    ...said(petitioner, (one) => one.of_person)];
}

/** Whoever files is one of the representatives (《信访工作条例》 Art. 20). */
const speakers = ({ name }, others) => (others.length ? [t("{name}（信访人自己）", { name: name || "" })] : [])
  .concat(others.map((one) => `${one.name}，${maskedPhone(one.phone, lastFour)}`));

const proxyRows = (form, proxy) => [
  ["proxy", t("代办人"), proxy.name && `${proxy.name}，${maskedPhone(proxy.phone, lastFour)}`],
  ["relation", t("和他（她）的关系"), form.picked("proxy.relation")],
  ["consent_how", t("他（她）怎么同意的"), form.picked("proxy.consent_how")],
];

/** The rows as elements; `change(step)` goes to where an answer was given. */
export function answerRows(form, change) {
  return answers(form).map(([step, label, text]) => el("div", {}, el("dt", {}, label),
    el("dd", { class: "value" }, text || t("（没填）")),
    el("dd", { class: "change" }, el("button", {
      type: "button", class: "button plain", "data-change": step,
      "aria-label": t("修改：{what}", { what: label }), click: () => change(step),
    }, t("修改")))));
}
