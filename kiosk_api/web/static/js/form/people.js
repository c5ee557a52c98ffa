/* Representatives beside the one who files: five in all (《信访工作条例》 Art. 20), added and removed one by one. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";

/** The root holds the rows; `add` is the button that adds one. */
export class People extends Component {
  constructor(root, add) {
    super(root);
    this.button = add;
    this.most = facts().limits.representatives;
  }

  init() {
    this.button.addEventListener("click", () => this.add());
  }

  /** [{name, phone}] as typed, one for each row. */
  list() {
    return this.rows().map((row) => ({ name: input(row, "name").value.trim(), phone: input(row, "phone").value.trim() }));
  }

  rows() {
    return [...this.root.querySelectorAll(".people-row")];
  }

  add() {
    if (this.rows().length >= this.most) return;
    const row = el("div", { class: "people-row", role: "group" },
      field("name", t("姓名")), field("phone", t("电话")),
      el("button", { type: "button", class: "button plain", click: () => this.remove(row) }, t("去掉这一位")));
    this.root.append(row);
    this.renumber();
    row.querySelector("input").focus();
  }

  /** Rows for people known already; anything that is no pair of texts is left out. */
  put(known) {
    for (const one of known.slice(0, this.most)) {
      if (!one || typeof one.name !== "string" || typeof one.phone !== "string") continue;
      this.add();
      const row = this.rows().pop();
      input(row, "name").value = one.name;
      input(row, "phone").value = one.phone;
    }
  }

  remove(row) {
    row.remove();
    this.renumber();
    this.button.focus();
  }

  /** Rows left wholly empty were a slip: take them away, so that numbers match the API's. */
  dropEmpty() {
    for (const row of this.rows()) {
      if (![...row.querySelectorAll("input")].some((one) => one.value.trim())) row.remove();
    }
    this.renumber();
  }

  /** Ids follow the API's field paths, so that an error finds its field. */
  renumber() {
    const rows = this.rows();
    rows.forEach((row, index) => {
      row.setAttribute("aria-label", t("代表人{number}", { number: index + 1 }));
      for (const one of row.querySelectorAll("input")) {
        const id = `representatives-${index}-${one.dataset.part}`;
        const holder = one.closest(".field");
        one.id = `f-${id}`;
        one.setAttribute("aria-describedby", `error-${id}`);
        holder.querySelector("label").htmlFor = one.id;
        holder.querySelector(".error").id = `error-${id}`;
      }
    });
    const full = rows.length >= this.most;
    this.button.disabled = full;
    this.button.textContent = full ? t("连您在内5名，已经满了") : t("＋ 加一名代表人");
  }
}

const input = (row, part) => row.querySelector(`[data-part=${part}]`);

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
