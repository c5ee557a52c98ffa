/* The parts of pages that scripts make; templates have the same in templates/parts/parts.html, /design shows them. */

import { el } from "./dom.js";

const ICONS = new URL("../../icons.svg", import.meta.url).href;
const SVG = "http://www.w3.org/2000/svg";
const TOAST_MS = 5000;

/** One icon of icons.svg by our name for it. The words beside it say the same. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

/** A button with its icon: look is "", plain, quiet or danger; `act` is what a tap does. */
export const button = (name, words, look, act, more = {}) => el("button", {
  type: "button", class: `button ${look}`.trim(), click: act, ...more,
}, icon(name), el("span", {}, words));

/** How much of `most` is there, as a bar: look is "", care or bad. Words beside it say the same. */
export function meter(value, most, look = "") {
  const bar = el("span", {});
  bar.style.width = `${Math.round(100 * Math.min(1, Math.max(0, most ? value / most : 1)))}%`;
  return el("div", { class: `meter ${look}`.trim(), "aria-hidden": "true" }, bar);
}

/** What has been done, in large letters; without a title where a heading above says it. */
export const panel = (title, ...children) => el("div", { class: "panel" }, icon("done"), title ? el("h2", {}, title) : null, children);

/** A word on a thing's state: kind is "", good, care or bad. */
export const tag = (words, kind = "") => el("span", { class: `tag ${kind}`.trim() }, words);

/** Whether a window is open, where its hours are published; the words are in the page's language already. */
export const openingTag = (opening) => (opening
  ? el("p", { class: "open-now" }, tag(opening.words, { open: "good", closed: "care" }[opening.state])) : null);

/** Questions and answers, a row each: {question, answer, change, act}; `change` is the word of its button. */
export const summaryList = (rows) => el("dl", { class: "summary-list" },
  rows.map(({ question, answer, change, act }) => el("div", {}, el("dt", {}, question), el("dd", {}, answer),
    change ? el("dd", { class: "change" }, el("button", {
      type: "button", class: "button plain", "aria-label": `${change} ${question}`, click: act,
    }, change)) : null)));

/** A sentence at the bottom for a while, on what has just been done; nothing that has to be read. */
export function toast(words) {
  const shown = el("p", { class: "toast", role: "status" }, icon("done"), el("span", {}, words));
  document.body.append(shown);
  setTimeout(() => shown.remove(), TOAST_MS);
  return shown;
}
