/* From the form's fields to the body of POST /petitions and back, light checks, and the read-back. */

import { byId, el } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";
import { MOST_PEOPLE, people, putPeople } from "./people.js";

const FIELDS = facts().fields.filter((one) => one.on_form);
const MISSING = Object.fromEntries(FIELDS.filter((one) => one.missing).map((one) => [one.path, t(one.missing)]));
const MISSING_PROXY = {
  "proxy.name": t("请填写代办人的姓名。"), "proxy.phone": t("请填写代办人的电话。"),
  "proxy.relation": t("请选一下您是他（她）的什么人。"),
  "proxy.consent_how": t("请选一下他（她）是怎么同意的。"),
};
const PROXY = ["name", "phone", "relation", "consent_how"];
let attached = null;

/** What attach.js mounted: {bundleToken()}. */
export function useAttachments(mounted) {
  attached = mounted;
}

const value = (form, name) => form.elements.namedItem(name).value.trim();
const forOther = (form) => value(form, "who") === "other";
const masked = (text) => text.replace(/.(?=.{4})/g, "*");

export function petitionBody(form) {
  const body = { petitioner: {} };
  for (const field of FIELDS) {
    const text = value(form, field.path);
    if (text || field.missing) (field.of_person ? body.petitioner : body)[field.name] = text;
  }
  if (forOther(form)) {
    body.proxy = Object.fromEntries(PROXY.map((name) => [name, value(form, `proxy.${name}`)]));
    body.proxy.consent_confirmed = byId("f-proxy-consent_confirmed").checked;
  }
  const others = people();
  if (others.length) body.representatives = others;
  if (byId("f-confidential").checked) body.confidential = true;
  const bundle = attached?.bundleToken();
  if (bundle) body.attachments = bundle;
  for (const name of ["window_choice", "assisted_by_code"]) {
    if (value(form, name)) body[name] = value(form, name);
  }
  body.consent = byId("f-consent").checked;
  return body;
}

/** The inverse, for what a citizen handed to an officer; parts of another shape are left out. */
export function putIn(form, body) {
  const put = (name, text) => {
    const field = typeof text === "string" ? form.elements.namedItem(name) : null;
    if (field) field.value = text;
  };
  for (const [name, text] of Object.entries(body)) put(name, text);
  for (const part of ["petitioner", "proxy"]) {
    for (const [name, text] of Object.entries(body[part] ?? {})) put(`${part}.${name}`, text);
  }
  if (body.proxy) put("who", "other");
  if (body.confidential === true) byId("f-confidential").checked = true;
  if (Array.isArray(body.representatives)) putPeople(body.representatives);
}

/** What can be seen without the server; the server decides. */
export function lightCheck(form) {
  const errors = [];
  const add = (field, detail) => errors.push({ field, detail });
  const short = t("电话号码好像少了几位，请再看一下。");
  const badPhone = (text) => text && text.normalize("NFKC").replace(/\D/g, "").length < 7;
  const wanted = forOther(form) ? { ...MISSING_PROXY, ...MISSING } : MISSING;
  for (const [name, detail] of Object.entries(wanted)) {
    if (!value(form, name)) add(name, detail);
    else if (name.endsWith(".phone") && badPhone(value(form, name))) add(name, short);
  }
  if (forOther(form) && !byId("f-proxy-consent_confirmed").checked) {
    add("proxy.consent_confirmed", t("请先问过他（她），再勾选“他（她）知道，也同意我代为提交”。"));
  }
  people().forEach((one, index) => {
    if (!one.name) add(`representatives.${index}.name`, t("请写这位代表人的姓名。"));
    if (!one.phone) add(`representatives.${index}.phone`, t("请写这位代表人的电话。"));
    else if (badPhone(one.phone)) add(`representatives.${index}.phone`, short);
  });
  for (const area of form.querySelectorAll("textarea[data-most]")) {
    const over = area.value.trim().length - Number(area.dataset.most);
    if (over > 0) add(area.name, t("这一项多了{more}个字，请先写要紧的。", { more: over }));
  }
  if (people().length > MOST_PEOPLE) add("representatives", t("代表人最多{most}名。", { most: MOST_PEOPLE }));
  return errors;
}

/** Everything read back, a row each with its 修改; numbers down to their last four for people
    looking on. `change(step)` goes to where an answer was given. */
export function answers(form, change) {
  const { petitioner, proxy, representatives = [], confidential, attachments, ...matter } = petitionBody(form);
  const rows = [["who", t("这件事是谁的"), proxy ? t("我替别人办") : t("我自己的事")]];
  if (proxy) {
    const picked = (name) => form.querySelector(`[name="proxy.${name}"]:checked`)?.nextElementSibling.textContent;
    rows.push(["proxy", t("代办人"), proxy.name && `${proxy.name}，${masked(proxy.phone)}`],
      ["consent_how", t("和他（她）的关系"), picked("relation")],
      ["consent_how", t("他（她）怎么同意的"), picked("consent_how")]);
  }
  for (const field of FIELDS) {
    const text = (field.of_person ? petitioner : matter)[field.name] ?? "";
    rows.push([field.name, t(field.label), field.masked ? masked(text) : text]);
  }
  rows.push(["people", t("一起反映的人"),
    representatives.map((one) => `${one.name}，${masked(one.phone)}`).join("\n") || t("没有")]);
  rows.push(["confidential", t("保密"), confidential ? t("请为我保密") : t("不需要")]);
  if (attached) rows.push(["attachments", t("材料"), attachments ? t("已附上") : t("没有")]);
  return rows.map(([step, label, text]) => el("div", {}, el("dt", {}, label),
    el("dd", { class: "value" }, text || t("（没填）")),
    el("dd", { class: "change" }, el("button", {
      type: "button", class: "button plain", "data-change": step,
      "aria-label": t("修改：{what}", { what: label }), click: () => change(step),
    }, t("修改")))));
}
