/* Small helpers: elements from text only, never from markup. */

import { t } from "./i18n.js";

export const byId = (id) => document.getElementById(id);

/** el("p", {class: "muted"}, "文字", child): attributes, listeners as functions, children. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

/** Words the office has not filled in yet read 待公布. */
export const published = (text) => text.replace(/【请[^【】]*】/g, t("待公布"));

/** Listen to a form, and only now enable its button: a form that the browser submitted by itself,
    before this page's scripts were loaded, would put what was typed into the address. */
export function onSubmit(form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(event);
  });
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
}

/** For people who work with keys: when what had the focus is gone or disabled, the focus goes to
    `target` instead of nowhere. */
export function keepFocus(target) {
  const one = document.activeElement;
  if (one && one !== document.body && one.checkVisibility() && !one.disabled) return;
  target.focus({ preventScroll: true });
}

/** Show what went wrong, with a line per field that leads to it, and move the focus there. */
export function showProblems(box, error, place = () => null) {
  const lines = (error.errors || []).map((one) => {
    const target = place(one.field);
    return el("li", {}, target ? el("a", { href: `#${target}` }, one.detail) : one.detail);
  });
  const head = lines.length && error.errors[0].detail === error.detail ? [] : [ // a line says it
    el("p", {}, el("strong", {}, error.detail)),
  ];
  box.replaceChildren(...head, ...(lines.length ? [el("ul", {}, lines)] : []));
  box.hidden = false;
  box.focus();
  box.scrollIntoView({ block: "center" });
}

/** Put a sentence beside each field, or clear them all with an empty list. */
export function markFields(form, errors) {
  for (const note of form.querySelectorAll("p.error")) {
    note.hidden = true;
    note.textContent = "";
  }
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const one of errors) {
    const id = one.field.replace(/\./g, "-");
    const note = byId(`error-${id}`);
    if (note) {
      note.textContent = one.detail;
      note.hidden = false;
    }
    const field = byId(`f-${id}`);
    if (field) field.setAttribute("aria-invalid", "true");
  }
}
