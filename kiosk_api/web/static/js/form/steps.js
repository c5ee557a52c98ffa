/* One question a page within one document: which one shows, how far along, back and forth.

   The browser's history holds numbers only ({step, depth}), never an address or an answer, so its
   own back button does what 上一步 does. `close` leaves the entries behind. */

import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";

const sections = [...document.querySelectorAll(".question")];
const left = new Set(["proxy", "consent_how"]); // steps not asked for now
let at = 0;
let over = false;
let shown = () => {};

export const here = () => sections[at].dataset.step;
export const sectionOf = (name) => sections.find((one) => one.dataset.step === name);
export const fieldsOf = (section) => [...section.querySelectorAll("[name], [data-part]")];

/** Ask for a step, or leave it out. */
export function ask(name, wanted) {
  if (wanted) left.delete(name);
  else left.add(name);
  progress();
}

const asked = () => sections.filter((one) => !left.has(one.dataset.step));

function progress() {
  const all = asked();
  const place = all.indexOf(sections[at]) + 1;
  byId("progress-words").textContent = t("第{place}步，共{all}步", { place, all: all.length });
  byId("progress-bar").max = all.length;
  byId("progress-bar").value = place;
}

function show(index, quiet = false) {
  at = index;
  sections.forEach((one, place) => { one.hidden = place !== at; });
  progress();
  const section = sections[at];
  byId("back").hidden = !history.state?.depth;
  byId("next").hidden = here() === "check";
  shown(section);
  if (quiet) return;
  scrollTo(0, 0);
  const first = fieldsOf(section).find((one) => one.matches("textarea, input:not([type=radio], [type=checkbox])"));
  // a text field says its question itself; elsewhere the heading does
  (here() !== "check" && first ? first : byId("form-title")).focus({ preventScroll: true });
}

/** Show a step and remember the way back. */
export function go(name) {
  const index = sections.indexOf(sectionOf(name));
  history.pushState({ step: index, depth: (history.state?.depth ?? 0) + 1 }, "");
  show(index);
}

export function goOn() {
  const next = asked().find((one) => sections.indexOf(one) > at);
  if (next) go(next.dataset.step);
}

export const goBack = () => history.back();

/** Start at the first step; `onShow(section)` is told of each one that comes up. */
export function begin(onShow) {
  shown = onShow;
  history.replaceState({ step: 0, depth: 0 }, "");
  show(0, true);
}

/** The form is done: go behind its steps, so that back leads out of it. */
export function close() {
  over = true;
  const depth = history.state?.depth ?? 0;
  if (depth) history.go(-depth);
  else history.replaceState(null, "");
}

addEventListener("popstate", (event) => {
  if (over) {
    history.replaceState(null, "");
    return;
  }
  const step = event.state?.step;
  if (Number.isInteger(step) && sections[step]) show(step);
});
