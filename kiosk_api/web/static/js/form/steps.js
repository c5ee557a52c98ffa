/* One question a page within one document: which one shows, how far along, back and forth.

   The browser's history holds numbers only ({step, depth}), never an address or an answer, so its
   own back button does what 上一步 does. close() leaves the entries behind. */

import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";

const ONLY_FOR_OTHERS = ["proxy", "consent_how"];
const TEXT_FIELDS = "textarea, input:not([type=radio], [type=checkbox])";

export const fieldsOf = (section) => [...section.querySelectorAll("[name], [data-part]")];

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
    byId("progress-bar").max = all;
    byId("progress-bar").value = place;
  }

  show(index, quiet = false) {
    this.at = index;
    this.sections.forEach((one, place) => { one.hidden = place !== index; });
    this.showProgress();
    const section = this.sections[index];
    const checking = this.current === "check";
    byId("back").hidden = !(history.state && history.state.depth);
    byId("next").hidden = checking;
    this.onShow(section);
    if (quiet) return;
    scrollTo(0, 0);
    const first = checking ? null : fieldsOf(section).find((one) => one.matches(TEXT_FIELDS));
    // a text field says its question itself; elsewhere the heading does
    (first || byId("form-title")).focus({ preventScroll: true });
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

  /** The step asked for after `name`; undefined after the last. */
  after(name) {
    const at = this.names.indexOf(name);
    return this.asked.find((one) => this.names.indexOf(one) > at);
  }
}
