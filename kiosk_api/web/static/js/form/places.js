/* Where on the form an error of the API belongs. */

import { byId } from "../core/dom.js";

const idOf = (path) => path.replace(/\./g, "-");

/** The name of the step for a field's path; null when it belongs to none. */
export function stepOf(path) {
  const node = byId(`f-${idOf(path)}`) || byId(`error-${idOf(path)}`);
  const question = node && node.closest(".question");
  if (node) return question ? question.dataset.step || null : null;
  if (path.startsWith("representatives")) return "people";
  if (path.startsWith("petitioner")) return "name";
  return path.startsWith("attachments") ? "attachments" : null;
}

/** The id of the element that a link in the summary leads to; null when there is none. */
export function placeOf(path) {
  const id = `f-${idOf(path)}`;
  if (byId(id)) return id;
  if (path === "attachments") return path;
  return path.startsWith("representatives") ? "people" : null;
}

export const inStep = (errors, name) => errors.filter((one) => stepOf(one.field) === name);
export const notInStep = (errors, name) => errors.filter((one) => stepOf(one.field) !== name);
