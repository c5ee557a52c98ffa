/* Representatives: at most five (《信访工作条例》 Art. 20), added and removed one by one. */

import { byId, el } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";

export const MOST_PEOPLE = facts().limits.representatives;
const box = byId("representatives");
const add = byId("add-representative");

/** [{name, phone}] as typed, one for each row on the page. */
export function people() {
  return rows().map((row) => ({
    name: row.querySelector("[data-part=name]").value.trim(),
    phone: row.querySelector("[data-part=phone]").value.trim(),
  }));
}

/** Rows left wholly empty were a slip: take them away, so that numbers match the API's. */
export function dropEmptyRows() {
  for (const row of rows()) {
    if (![...row.querySelectorAll("input")].some((one) => one.value.trim())) row.remove();
  }
  renumber();
}

const rows = () => [...box.querySelectorAll(".people-row")];

function field(part, label) {
  const phone = part === "phone";
  return el("div", { class: "field" },
    el("label", {}, label),
    el("p", { class: "error", hidden: true }),
    el("input", {
      "data-part": part, type: phone ? "tel" : "text", inputmode: phone ? "tel" : "text",
      autocomplete: "off", "data-keys": phone && "digits",
    }));
}

export function addPerson() {
  if (rows().length >= MOST_PEOPLE) return;
  const row = el("div", { class: "people-row", role: "group" },
    field("name", t("姓名")), field("phone", t("电话")),
    el("button", { type: "button", class: "button plain", click: () => remove(row) }, t("去掉这一位")));
  box.append(row);
  renumber();
  row.querySelector("input").focus();
}

/** Rows for people known already; anything that is no pair of texts is left out. */
export function putPeople(known) {
  for (const one of known.slice(0, MOST_PEOPLE)) {
    if (typeof one?.name !== "string" || typeof one?.phone !== "string") continue;
    addPerson();
    const row = rows().at(-1);
    row.querySelector("[data-part=name]").value = one.name;
    row.querySelector("[data-part=phone]").value = one.phone;
  }
}

function remove(row) {
  row.remove();
  renumber();
  add.focus();
}

/** Ids follow the API's field paths, so that an error finds its field. */
function renumber() {
  rows().forEach((row, index) => {
    row.setAttribute("aria-label", t("代表人{number}", { number: index + 1 }));
    for (const input of row.querySelectorAll("input")) {
      const id = `representatives-${index}-${input.dataset.part}`;
      const holder = input.closest(".field");
      input.id = `f-${id}`;
      input.setAttribute("aria-describedby", `error-${id}`);
      holder.querySelector("label").htmlFor = input.id;
      holder.querySelector(".error").id = `error-${id}`;
    }
  });
  add.disabled = rows().length >= MOST_PEOPLE;
  add.textContent = add.disabled ? t("最多{most}名，已经满了", { most: MOST_PEOPLE }) : t("＋ 加一名代表人");
}
