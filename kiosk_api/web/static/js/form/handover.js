/* 找工作人员: what to do, and on the form a code that carries what was typed to an officer. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** The root is the button 找工作人员. */
export class CallStaff extends Component {
  init() {
    this.root.addEventListener("click", () => this.open());
  }

  open() {
    const typed = draft();
    const box = el("div", { id: "staff-code", role: "status", tabindex: "-1" });
    const dialog = el("dialog", { id: "staff-dialog", "aria-labelledby": "staff-title" },
      el("h2", { id: "staff-title", tabindex: "-1" }, t("找工作人员帮忙")),
      el("p", {}, t("上班时间：请到咨询台，或者举手叫工作人员过来。")),
      el("p", {}, t("没有人的时候：您照样能自己填、自己查，也可以上班时再来。")),
      typed && el("p", {}, t("您已经填的内容可以交给工作人员接着填。系统给您一个交接码，半小时内有效，只能给一位工作人员用。")),
      typed && el("p", {}, t("照片不会一起交过去：请和工作人员重新拍，或者带着材料去。")),
      box,
      typed && el("button", { type: "button", id: "staff-give", class: "button",
        click: (event) => give(event.target, box) }, t("把我填的交给工作人员")),
      el("button", { type: "button", id: "staff-close", class: "button plain", click: () => dialog.close() }, t("我自己来")));
    dialog.addEventListener("close", () => {
      dialog.remove();
      this.root.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    byId("staff-title").focus();
  }
}

/** What a form on this page holds, without its photos; null on pages without one. */
function draft() {
  const asked = new CustomEvent("draft", { detail: { draft: null } });
  document.dispatchEvent(asked);
  return asked.detail.draft;
}

async function give(button, box) {
  button.disabled = true;
  box.replaceChildren(el("p", { class: "busy" }, t("正在准备交接码……")));
  try {
    const { code, minutes } = await post("/handover", { draft: draft() });
    box.replaceChildren(el("p", {}, t("请把这个交接码告诉工作人员：")),
      el("strong", { id: "handover-code", class: "number" }, code),
      el("p", {}, t("{minutes}分钟内有效。离开前请按“结束并清除”。", { minutes })));
    button.remove();
    keepFocus(box);
  } catch (error) {
    box.replaceChildren(el("p", { class: "notice warn" }, error.detail));
    button.disabled = false;
    keepFocus(button);
  }
}
