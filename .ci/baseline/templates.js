/* Elements and attributes of the templates that the oldest browsers lack. */

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { data, isOld, lacking } from "./browsers.js";

const { elements, global_attributes: everywhere } = data.html;
/** What is passed over where it is unknown, or filled in: why. */
const FINE = {
  dialog: "core/older.js opens and closes it",
  enterkeyhint: "the key reads 换行 instead of 发送 and does the same",
  capture: "without a camera the file is chosen",
  spellcheck: "only underlines words",
  loading: "pictures are loaded at once",
};
const TAG = /<([a-z][a-z0-9]*)\b((?:"[^"]*"|'[^']*'|[^<>"'])*)>/g;
const ATTRIBUTE = /(?:^|\s)([a-z]+)(?==|\s|$)/g;

/** [what, why] of each newer thing in the text of a template; what Jinja writes is left out. */
export function newerParts(text) {
  const found = [];
  const plain = text.replace(/\{#[^]*?#\}|\{%[^]*?%\}|\{\{[^]*?\}\}/g, " ");
  for (const [, tag, rest] of plain.matchAll(TAG)) {
    const element = elements[tag];
    report(found, tag, element && element.__compat);
    for (const [, name] of rest.replace(/=("[^"]*"|'[^']*')/g, "= ").matchAll(ATTRIBUTE)) {
      const known = (element && element[name]) || everywhere[name];
      report(found, name, known && known.__compat);
    }
  }
  return found;
}

function report(found, name, compat) {
  if (compat && !isOld(compat) && !(name in FINE)) found.push([name, lacking(compat).join(", ")]);
}

function templates(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).map((name) => join(folder, name));
}

/** Check all templates of `folder`; answers the lines to print. */
export function check(folder) {
  return templates(folder).flatMap((path) => newerParts(readFileSync(path, "utf8"))
    .map(([name, why]) => `${path}: ${name} is newer than ${why}`));
}
