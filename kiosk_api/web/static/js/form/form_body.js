/* From the form's fields to the body of POST /petitions, and what can be checked without the server. */

import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";

const LEAST_DIGITS = 7; // of a phone number
const PROXY = ["name", "phone", "relation", "consent_how"];
const OFFICE = ["window_choice", "assisted_by_code"];

/** The petition's own fields in the form's order: see web/kiosk/facts.py. */
export const petitionFields = () => facts().fields.filter((one) => one.on_form);

/** `form` is read as FormFields does: value(path), checked(path), representatives(), bundle(), forOther. */
export function petitionBody(form, fields = petitionFields()) {
  const body = { petitioner: {} };
  for (const field of fields) {
    const text = form.value(field.path);
    if (text || field.missing) (field.of_person ? body.petitioner : body)[field.name] = text;
  }
  if (form.forOther) {
    body.proxy = Object.fromEntries(PROXY.map((name) => [name, form.value(`proxy.${name}`)]));
    body.proxy.consent_confirmed = form.checked("proxy.consent_confirmed");
  }
  const representatives = form.representatives();
  if (representatives.length) body.representatives = representatives;
  Object.assign(body, secrecy(form));
  const bundle = form.bundle();
  if (bundle) body.attachments = bundle;
  for (const name of OFFICE) if (form.value(name)) body[name] = form.value(name);
  body.consent = form.checked("consent");
  return body;
}

/** What the citizen wishes, and whether an official is accused. */
function secrecy(form) {
  const found = {};
  if (form.checked("confidential")) found.confidential = true;
  if (form.value("accusation")) found.route_answers = { accusation: form.value("accusation") };
  return found;
}

const proxyMissing = () => ({
  "proxy.name": t("请填写代办人的姓名。"), "proxy.phone": t("请填写代办人的电话。"),
  "proxy.relation": t("请选一下您是他（她）的什么人。"),
  "proxy.consent_how": t("请选一下他（她）是怎么同意的。"),
});

// What domain/phones.py does not read as a figure: neither a digit, nor a Chinese figure from 0 to 9, nor O and l.
const NO_FIGURE = /[^\d\u96f6\u3007\u25cb\u4e00\u5e7a\u4e8c\u4e24\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5dOoIl]/g;

const isShort = (phone) => phone !== "" && phone.normalize("NFKC").replace(NO_FIGURE, "").length < LEAST_DIGITS;

/** What can be seen to be wrong without the server, which decides: [{field, detail}] of `form`, which is read as FormFields does. */
export function lightCheck(form, fields = petitionFields()) {
  return [...required(form, fields), ...consent(form), ...representatives(form.representatives()), ...overlong(form.areas())];
}

function required(form, fields) {
  const errors = [];
  const own = Object.fromEntries(fields.filter((one) => one.missing).map((one) => [one.path, t(one.missing)]));
  for (const [field, detail] of Object.entries(form.forOther ? { ...proxyMissing(), ...own } : own)) {
    const text = form.value(field);
    if (!text) errors.push({ field, detail });
    else if (field.endsWith(".phone") && isShort(text)) errors.push({ field, detail: shortPhone() });
  }
  return errors;
}

const shortPhone = () => t("电话号码好像少了几位，请再看一下。");

function consent(form) {
  if (!form.forOther || form.checked("proxy.consent_confirmed")) return [];
  return [{ field: "proxy.consent_confirmed", detail: t("请先问过他（她），再勾选“他（她）知道，也同意我代为提交”。") }];
}

function representatives(people) {
  const errors = [];
  const add = (field, detail) => errors.push({ field: `representatives${field}`, detail });
  people.forEach((one, index) => {
    if (!one.name) add(`.${index}.name`, t("请写这位代表人的姓名。"));
    if (!one.phone) add(`.${index}.phone`, t("请写这位代表人的电话。"));
    else if (isShort(one.phone)) add(`.${index}.phone`, shortPhone());
  });
  const most = facts().limits.representatives;
  if (people.length > most) add("", t("代表人连您在内最多5名，这里最多填{most}名。", { most }));
  return errors;
}

function overlong(areas) {
  return areas.filter(({ used, most }) => used > most).map(({ name, used, most }) =>
    ({ field: name, detail: t("这一项多了{more}个字，请先写要紧的。", { more: used - most }) }));
}
