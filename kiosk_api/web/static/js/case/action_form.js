/* One thing that a citizen may do with a case: its fields, sending it, and what went wrong. */

import { Component } from "../core/component.js";
import { dayZh } from "../core/dates.js";
import { el, markFields, onSubmit, showProblems } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { icon } from "../core/parts.js";
import { allThere } from "../photos/sending.js";
import { submitWithRetry } from "../visit/resend.js";
import { entriesOf, missing } from "./action_fields.js";

export class ActionForm extends Component {
  /** `action`: {id, picture, path, title, permit, thanks, fields, label}; `pictures` is the room for photos or
      null; `done(case, words)` is called with the answer. */
  constructor(action, { identity, keys, pictures, done }) {
    super(el("details", { class: "step action", id: `do-${action.id}`, open: Boolean(pictures && pictures.count()) }));
    Object.assign(this, { action, identity, keys, pictures, done });
  }

  init() {
    const { id, title, permit, fields, label } = this.action;
    this.problem = el("div", { class: "notice warn", role: "alert", tabindex: "-1", hidden: true });
    this.busy = el("p", { class: "busy", role: "status" });
    this.waiting = el("div", { class: "waiting" });
    this.button = el("button", {
      type: "submit", id, class: id === "withdraw" ? "button danger" : "button",
    }, label);
    this.form = el("form", { id: `${id}-form`, novalidate: true, autocomplete: "off" },
      permit.until ? el("p", { class: "hint" }, t("可以办到{day}为止。", { day: dayZh(permit.until) })) : null,
      this.problem, this.pictures && this.pictures.node, fields, this.waiting, this.busy, this.button);
    onSubmit(this.form, () => this.submit());
    let touched = false; // else it was made open, and nobody asked to be taken there
    this.root.addEventListener("toggle", () => touched && this.root.open && this.unfolded());
    this.root.append(el("summary", { click: () => { touched = true; } }, icon(this.action.picture), title), this.form);
  }

  /** One form at a time, and all of it in sight where it fits. */
  unfolded() {
    for (const one of this.root.parentNode.querySelectorAll(".action[open]")) if (one !== this.root) one.open = false;
    this.form.scrollIntoView({ block: "nearest" });
  }

  async submit() {
    if (this.pictures && !(await allThere(this.pictures, this.waiting))) return;
    const entries = entriesOf(new FormData(this.form));
    const bundle = this.pictures && this.pictures.bundleToken();
    if (bundle) entries.attachments = bundle;
    const errors = missing(entries, (name) => this.form.elements.namedItem(name) !== null,
      { pictures: Boolean(this.pictures) });
    this.mark(errors);
    if (errors.length) {
      showProblems(this.problem, { detail: errors[0].detail, errors });
      return;
    }
    this.button.disabled = true;
    this.problem.hidden = true;
    this.busy.textContent = t("正在提交……");
    try {
      await this.send({ ...this.identity, ...entries });
    } catch (error) {
      this.refused(error, entries);
    } finally {
      this.button.disabled = false;
      this.busy.textContent = "";
    }
  }

  async send(body) {
    const { path, thanks } = this.action;
    let next;
    try {
      next = await submitWithRetry(`/cases/${path}`, body, this.keys.keyFor(path, body));
    } catch (error) {
      this.keys.failed(path, body, error);
      throw error;
    }
    this.keys.done(path, body);
    if (this.pictures) this.pictures.taken();
    this.done(next, typeof thanks === "function" ? thanks(next) : thanks);
  }

  refused(failure, entries) {
    let error = failure;
    if (error.code === "case_not_found" && entries.phone_tail) {
      const detail = t("电话后四位对不上，请看看是不是登记时留的那个号码。");
      error = { detail, errors: [{ field: "phone_tail", detail }] };
    }
    if (this.pictures && error.errors.some((one) => one.code === "attachments_expired")) this.pictures.forget();
    this.mark(error.errors);
    showProblems(this.problem, error);
  }

  /** Ids on this page carry the action's name; the API's field names do not. */
  mark(errors) {
    const { id } = this.action;
    markFields(this.form, errors.map((one) => {
      const field = one.field === "phone_tail" ? `${id}_tail` : `${id}_${one.field}`;
      return this.form.querySelector(`#error-${field}`) ? { ...one, field } : one;
    }));
  }
}
