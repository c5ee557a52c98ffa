/* 找工作人员: the ways to a person. Call the hall's staff, be called back, ring the office, hand over what
   was typed. */

import { Component } from "../core/component.js";
import { byId, el } from "../core/dom.js";
import { onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { onPhone } from "../core/own_phone.js";
import { officeReached, ringLink } from "../core/office_phone.js";
import { CallbackForm } from "./callback_form.js";
import { HallCall } from "./hall_call.js";
import { HandOver, draft } from "./hand_over.js";

/** The root is the button 找工作人员. It says the office's phone and hours, where the office has filled
    them in: data-phone, data-hours. */
export class CallStaff extends Component {
  init() {
    this.root.addEventListener("click", () => this.open());
    onWipe(() => this.dialog && this.dialog.remove());
  }

  open() {
    this.closing = el("button", { type: "button", id: "staff-close", class: "button plain",
      click: () => this.dialog.close() }, t("我自己来"));
    this.ways = el("div", { id: "staff-ways" },
      HallCall.make().root,
      el("p", {}, onPhone() ? t("上班时间：也可以到信访窗口当面说。") : t("上班时间：请到咨询台，或者举手叫工作人员过来。")),
      el("p", {}, onPhone() ? t("没有人的时候：您照样能在手机上说、填、查。")
        : t("没有人的时候：您照样能自己填、自己查，也可以上班时再来。")),
      el("button", { type: "button", id: "callback-open", class: "button", click: () => this.askForNumber() },
        t("留个电话，请人打给我")),
      this.office(),
      draft() && HandOver.make().root);
    this.dialog = el("dialog", { id: "staff-dialog", "aria-labelledby": "staff-title" },
      el("h2", { id: "staff-title", tabindex: "-1" }, t("找工作人员帮忙")), this.ways, this.closing);
    this.dialog.addEventListener("close", () => {
      this.dialog.remove();
      const more = byId("bar-more"); // on a phone the button is in a menu, which has closed
      (this.root.checkVisibility() || !more ? this.root : more).focus();
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
    byId("staff-title").focus();
  }

  /** Phone and hours, or that they are still to be announced. */
  office() {
    const { phone, hours } = officeReached();
    return [
      el("p", { class: phone ? "in-hall" : "" }, t("咨询电话：{phone}", { phone: phone || t("待公布") })),
      ringLink(),
      el("p", {}, t("办公时间：{hours}", { hours: hours || t("待公布") })),
    ];
  }

  askForNumber() {
    byId("staff-title").textContent = t("留个电话，请人打给我");
    this.ways.replaceWith(CallbackForm.make().root);
    this.closing.textContent = t("关上");
    byId("f-callback-phone").focus();
  }
}
