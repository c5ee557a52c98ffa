/* From the form's fields to the body of POST /petitions, and what can be checked without the server. */

import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";

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

/** What was written in a step, in the shape of the body; null where there is nothing that has a rule of its own. */
export function givenIn(step, form, fields = petitionFields()) {
  const field = fields.find((one) => one.name === step);
  if (field) {
    const text = form.value(field.path);
    if (!text) return null;
    return field.of_person ? { petitioner: { [step]: text } } : { [step]: text };
  }
  const people = form.representatives();
  if (step === "people" && people.length) return { representatives: people };
  return step === "proxy" ? { proxy: { name: form.value("proxy.name"), phone: form.value("proxy.phone") } } : null;
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
  }
  return errors;
}

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
  });
  const most = facts().limits.representatives;
  if (people.length > most) add("", t("代表人连您在内最多5名，这里最多填{most}名。", { most }));
  return errors;
}

function overlong(areas) {
  return areas.filter(({ used, most }) => used > most).map(({ name, used, most }) =>
    ({ field: name, detail: t("这一项多了{more}个字，请先写要紧的。", { more: used - most }) }));
}
