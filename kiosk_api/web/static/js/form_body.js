/* From the form's fields to the body of POST /petitions, light checks, and the read-back. */

import { byId, el } from "./dom.js";
import { MOST_PEOPLE, people } from "./people.js";

const PERSON = { name: "姓名", phone: "联系电话", address: "现在的住址", id_number: "身份证号" };
const MATTER = {
  request: "您希望怎么解决", facts: "发生了什么事", reasons: "您的理由",
  place: "事情发生在哪里", about_unit: "反映的单位或人",
};
const MISSING = {
  "petitioner.name": "请填写您的姓名。", "petitioner.phone": "请填写联系电话。",
  "petitioner.address": "请填写您的住址。", request: "请写您希望怎么解决。",
  facts: "请写发生了什么事。",
};

const value = (form, name) => form.elements.namedItem(name).value.trim();

export function petitionBody(form) {
  const petitioner = {};
  for (const name of Object.keys(PERSON)) {
    const text = value(form, `petitioner.${name}`);
    if (text || name !== "id_number") petitioner[name] = text;
  }
  const body = { petitioner, request: "", facts: "" };
  for (const name of Object.keys(MATTER)) {
    const text = value(form, name);
    if (text || name in body) body[name] = text;
  }
  const others = people();
  if (others.length) body.representatives = others;
  if (byId("f-confidential").checked) body.confidential = true;
  const chosen = byId("f-window_choice").value;
  if (chosen) body.window_choice = chosen;
  body.consent = byId("f-consent").checked;
  return body;
}

/** What can be seen without the server; the server decides. */
export function lightCheck(form) {
  const errors = [];
  const add = (field, detail) => errors.push({ field, detail });
  for (const [name, detail] of Object.entries(MISSING)) {
    if (!value(form, name)) add(name, detail);
  }
  const badPhone = (text) => text && text.normalize("NFKC").replace(/\D/g, "").length < 7;
  if (badPhone(value(form, "petitioner.phone"))) {
    add("petitioner.phone", "电话号码好像少了几位，请再看一下。");
  }
  people().forEach((one, index) => {
    if (!one.name) add(`representatives.${index}.name`, "请写这位代表人的姓名。");
    if (!one.phone) add(`representatives.${index}.phone`, "请写这位代表人的电话。");
    else if (badPhone(one.phone)) add(`representatives.${index}.phone`, "电话号码好像少了几位，请再看一下。");
  });
  for (const area of form.querySelectorAll("textarea[data-most]")) {
    const over = area.value.trim().length - Number(area.dataset.most);
    if (over > 0) add(area.name, `这一项多了${over}个字，请先写要紧的。`);
  }
  if (people().length > MOST_PEOPLE) add("representatives", `代表人最多${MOST_PEOPLE}名。`);
  return errors;
}

/** Everything read back; the ID number down to its last four for people looking on. */
export function answers(form) {
  const { petitioner, representatives = [], confidential, ...matter } = petitionBody(form);
  const rows = [];
  for (const [name, label] of Object.entries(PERSON)) {
    const text = petitioner[name] ?? "";
    rows.push([label, name === "id_number" ? text.replace(/.(?=.{4})/g, "*") : text]);
  }
  for (const [name, label] of Object.entries(MATTER)) rows.push([label, matter[name] ?? ""]);
  representatives.forEach((one, index) => rows.push([`代表人${index + 1}`, `${one.name}，${one.phone}`]));
  if (confidential) rows.push(["保密", "请为我保密"]);
  return rows.map(([label, text]) => el("div", {}, el("dt", {}, label), el("dd", {}, text || "（没填）")));
}
