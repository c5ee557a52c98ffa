/* One question a page within one document: which one shows, how far along, back and forth.

   The browser's history holds numbers only ({step, depth}), never an address or an answer, so its
   own back button does what 上一步 does. close() leaves the entries behind. */

import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { bringIntoSight } from "./in_sight.js";

const ONLY_FOR_OTHERS = ["proxy", "relation", "consent_how"];
const TEXT_FIELDS = "textarea, input:not([type=radio], [type=checkbox])";

export const fieldsOf = (section) => [...section.querySelectorAll("[name], [data-part]")];

/** What the focus goes to: a text field or a choice, which say the question themselves; nothing where the heading has to. */
function firstOf(section) {
  if (section.dataset.step === "check") return null;
  const fields = fieldsOf(section);
  return fields.find((one) => one.matches(TEXT_FIELDS)) || fields.find((one) => one.matches("[type=radio]:checked"))
    || fields.find((one) => one.matches("[type=radio]"));
}

/** The root is the form; its parts .question are the steps. */
export class Steps extends Component {
  /** `onShow(section)` is called for each step that is shown. */
  constructor(root, onShow) {
    super(root);
    this.onShow = onShow;
    this.sections = [...root.querySelectorAll(".question")];
    this.order = new StepOrder(this.sections.map((one) => one.dataset.step), ONLY_FOR_OTHERS);
    this.at = 0;
    this.over = false;
  }

  init() {
    addEventListener("popstate", (event) => this.fromHistory(event.state));
    history.replaceState({ step: 0, depth: 0 }, "");
    this.show(0, true);
  }

  get current() {
    return this.sections[this.at].dataset.step;
  }

  ask(name, wanted) {
    this.order.ask(name, wanted);
    this.showProgress();
  }

  showProgress() {
    const [place, all] = this.order.progress(this.current);
    byId("progress-words").textContent = t("第{place}步，共{all}步", { place, all });
    byId("progress-bar").style.width = `${Math.round((100 * place) / all)}%`;
    this.showParts();
  }

  /** The parts of the form beside the question: each begins with the step it names. */
  showParts() {
    const parts = [...byId("parts-of-form").children];
    const begun = parts.filter((one) => this.order.names.indexOf(one.dataset.from) <= this.at);
    for (const one of parts) {
      one.classList.toggle("done", begun.slice(0, -1).includes(one));
      one.removeAttribute("aria-current");
    }
    begun[begun.length - 1].setAttribute("aria-current", "step");
  }

  show(index, quiet = false) {
    this.at = index;
    this.sections.forEach((one, place) => { one.hidden = place !== index; });
    for (const one of byId("asking").querySelectorAll("[data-of]")) one.hidden = one.dataset.of !== this.current;
    this.showProgress();
    const section = this.sections[index];
    byId("back").hidden = !(history.state && history.state.depth);
    byId("next").hidden = this.current === "check";
    this.onShow(section);
    if (quiet) return;
    scrollTo(0, 0);
    const first = firstOf(section) || byId("form-title");
    first.focus({ preventScroll: true });
    bringIntoSight(first);
  }

  /** Show a step and remember the way back. */
  go(name) {
    const index = this.order.names.indexOf(name);
    history.pushState({ step: index, depth: ((history.state && history.state.depth) || 0) + 1 }, "");
    this.show(index);
  }

  next() {
    const name = this.order.after(this.current);
    if (name) this.go(name);
  }

  back() {
    history.back();
  }

  /** The form is done: go behind its steps, so that back leads out of it. */
  close() {
    this.over = true;
    const depth = (history.state && history.state.depth) || 0;
    if (depth) history.go(-depth);
    else history.replaceState(null, "");
  }

  fromHistory(state) {
    if (this.over) {
      history.replaceState(null, "");
      return;
    }
    const step = state && state.step;
    if (Number.isInteger(step) && this.sections[step]) this.show(step);
  }
}

/** The order of the steps, and which of them are asked for now. */
export class StepOrder {
  /** `names` of all steps in their order; `left` are those not asked for. */
  constructor(names, left = []) {
    this.names = names;
    this.left = new Set(left);
  }

  /** Ask for a step, or leave it out. */
  ask(name, wanted) {
    if (wanted) this.left.delete(name);
    else this.left.add(name);
  }

  get asked() {
    return this.names.filter((one) => !this.left.has(one));
  }

  /** [number of the step from 1, number of all] among those asked for. */
  progress(name) {
    return [this.asked.indexOf(name) + 1, this.asked.length];
  }

  /** The first step, in their order, of those that `wanted(name)` is true for. */
  first(wanted) {
    return this.asked.find(wanted);
  }

  /** The step asked for after `name`; undefined after the last. */
  after(name) {
    const at = this.names.indexOf(name);
    return this.asked.find((one) => this.names.indexOf(one) > at);
  }
}
