/* 留个电话: a number, when it suits, one line. The answer is a code and until when the office rings. */

import { post } from "../core/api.js";
import { keepCallback } from "../core/callback_left.js";
import { Component } from "../core/component.js";
import { momentZh } from "../core/dates.js";
import { byId, el, markFields, onSubmit, showProblems } from "../core/dom.js";
import { onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { phoneTail } from "../core/phone.js";
import { RequestKeys } from "../core/request_keys.js";

const PLACE = "callback."; // fields of this form in ids and names

export class CallbackForm extends Component {
  constructor() {
    super(el("div", { id: "callback" }));
  }

  init() {
    this.keys = new RequestKeys();
    onWipe(() => this.keys.clear());
    this.root.append(byId("callback-template").content.cloneNode(true));
    this.form = this.root.querySelector("form");
    this.problem = this.root.querySelector("#callback-problem");
    this.busy = this.root.querySelector("#callback-busy");
    this.button = this.root.querySelector("#callback-send");
    onSubmit(this.form, () => this.submit());
  }

  async submit() {
    const body = wishOf(new FormData(this.form));
    markFields(this.form, []);
    this.problem.hidden = true;
    if (!body.phone) {
      const detail = t("请填写能打通的电话：手机号11位，或者带区号的座机号。");
      this.refused({ detail, errors: [{ field: "phone", detail }] });
      return;
    }
    this.button.disabled = true;
    this.busy.textContent = t("正在提交……");
    try {
      const left = await post("/callbacks", body, this.keys.keyFor("callbacks", body));
      this.keys.done("callbacks", body);
      this.show(left, phoneTail(body.phone) || body.phone.slice(-4));
    } catch (error) {
      this.keys.failed("callbacks", body, error);
      this.refused(error);
    }
    this.button.disabled = false;
    this.busy.textContent = "";
  }

  refused(error) {
    const errors = error.errors.map((one) => ({ ...one, field: PLACE + one.field }));
    markFields(this.form, errors);
    showProblems(this.problem, { ...error, detail: error.detail, errors },
      (path) => (byId(`f-${path.replace(/\./g, "-")}`) ? `f-${path.replace(/\./g, "-")}` : null));
  }

  show({ code, due_by }, tail) {
    keepCallback(code, tail);
    this.root.replaceChildren(
      el("p", { id: "callback-done", role: "status", tabindex: "-1" }, t("记下了。这是您的回电码，请记下来或者拍下来：")),
      el("strong", { id: "callback-code", class: "number code" }, code),
      el("p", { id: "callback-due" }, t("工作人员最晚{moment}以前打给您。这是本单位的安排。", { moment: momentZh(due_by) })),
      el("p", {}, t("想知道打过没有：在“查进度”里输入回电码，再输入电话后四位{tail}。", { tail })),
      el("p", {}, t("没接到不要紧，会再打。有急事请直接到窗口。")));
    byId("callback-done").focus();
  }
}

/** What is sent: own words about the time come before a choice. */
export function wishOf(fields) {
  const text = (name) => (fields.get(PLACE + name) || "").trim();
  return { phone: text("phone"), best_time: text("best_time") || text("when"), about: text("about") };
}
