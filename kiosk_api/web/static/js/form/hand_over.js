/* What was typed into a form is left for an officer under a code. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";

export class HandOver extends Component {
  constructor() {
    super(el("div", { id: "hand-over" }));
  }

  init() {
    this.box = el("div", { id: "staff-code", role: "status", tabindex: "-1" });
    this.button = el("button", { type: "button", id: "staff-give", class: "button plain",
      click: () => this.give() }, t("把我填的交给工作人员"));
    this.root.append(
      el("p", {}, t("您已经填的内容可以交给工作人员接着填。系统给您一个交接码，半小时内有效，只能给一位工作人员用。")),
      el("p", {}, t("照片不会一起交过去：请和工作人员重新拍，或者带着材料去。")),
      this.box, this.button);
  }

  async give() {
    this.button.disabled = true;
    this.box.replaceChildren(el("p", { class: "busy" }, t("正在准备交接码……")));
    try {
      const { code, minutes } = await post("/handover", { draft: draft() });
      this.box.replaceChildren(el("p", {}, t("请把这个交接码告诉工作人员：")),
        el("strong", { id: "handover-code", class: "number" }, code),
        el("p", {}, t("{minutes}分钟内有效。离开前请按“结束并清除”。", { minutes })));
      this.button.remove();
      keepFocus(this.box);
    } catch (error) {
      this.box.replaceChildren(el("p", { class: "notice warn" }, error.detail));
      this.button.disabled = false;
      keepFocus(this.button);
    }
  }
}

/** What a form on this page holds, without its photos; null on pages without one. */
export function draft() {
  const asked = new CustomEvent("draft", { detail: { draft: null } });
  document.dispatchEvent(asked);
  return asked.detail.draft;
}
