/* The fields of the petition form by their API paths: read, and filled with what was handed over. */

import { lengthOf } from "../core/cut.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const SHOWN_FROM = 0.8; // of a text's limit
const idOf = (path) => `f-${path.replace(/\./g, "-")}`;

export class FormFields {
  /** `people` is the list of representatives, `pictures` the attachments. */
  constructor(form, people, pictures) {
    Object.assign(this, { form, people, pictures });
  }

  value(path) {
    return this.form.elements.namedItem(path).value.trim();
  }

  checked(path) {
    return this.form.querySelector(`#${idOf(path)}`).checked;
  }

  /** The words beside the radio button that was chosen. */
  picked(path) {
    const chosen = this.form.querySelector(`[name="${path}"]:checked`);
    return chosen ? chosen.nextElementSibling.textContent : undefined;
  }

  representatives() {
    return this.people.list();
  }

  bundle() {
    return this.pictures.bundleToken();
  }

  get forOther() {
    return this.value("who") === "other";
  }

  /** Texts of limited length: [{name, used, most}] in characters. */
  areas() {
    return [...this.form.querySelectorAll("textarea[data-most]")]
      .map((one) => ({ name: one.name, used: lengthOf(one.value.trim()), most: Number(one.dataset.most) }));
  }

  /** Fill in a body of petitionBody(), as a citizen handed it to an officer; parts of another shape
      are left out. */
  put(body) {
    const put = (path, text) => {
      const field = typeof text === "string" ? this.form.elements.namedItem(path) : null;
      if (field) field.value = text;
    };
    for (const [path, text] of Object.entries(body)) put(path, text);
    for (const part of ["petitioner", "proxy"]) {
      for (const [name, text] of Object.entries(body[part] || {})) put(`${part}.${name}`, text);
    }
    if (body.proxy) put("who", "other");
    put("accusation", body.route_answers && body.route_answers.accusation);
    if (body.confidential === true) this.form.querySelector("#f-confidential").checked = true;
    if (Array.isArray(body.representatives)) this.people.put(body.representatives);
  }

  /** Whether anything was typed, chosen or ticked. */
  get touched() {
    return [...this.form.elements].some((one) => (one.matches("[type=checkbox], [type=radio]")
      ? one.checked !== one.defaultChecked : one.matches("input, textarea, select") && one.value.trim()));
  }
}

/** The sentence for `used` of `most` characters; "" while there is plenty of room. */
export function countWords(used, most) {
  if (used < most * SHOWN_FROM) return "";
  return used > most ? t("多了{more}个字，请先写要紧的", { more: used - most })
    : t("还能写{more}个字", { more: most - used });
}

/** Show, change or remove the note after `field`, which names its limit in data-most. */
export function showCount(field) {
  const most = Number(field.dataset.most);
  if (!most) return;
  const words = countWords(lengthOf(field.value), most);
  let note = field.parentElement.querySelector(".count");
  if (!words) {
    if (note) note.remove();
    return;
  }
  if (!note) {
    note = el("p", { class: "count", role: "status" });
    field.after(note);
  }
  note.textContent = words;
}
