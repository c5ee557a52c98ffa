/* 核对回执: is a printed receipt genuine. What is typed goes by POST from this page and not as a page
   of its own, so that neither an address nor the browser's history holds it. */

import { post } from "../core/api.js";
import { byId, el, momentZh, onSubmit } from "../core/dom.js";
import { t } from "../core/i18n.js";

const box = byId("verdict");
const field = byId("code");
let asking = false;

function words(found) {
  if (!found.valid) {
    return [el("p", {}, el("strong", {}, t("没有核对上。"))),
      el("p", {}, t("请看看核对码有没有抄错。还是不行，请拿着回执问窗口工作人员。"))];
  }
  return [el("p", {}, el("strong", {}, t("这张回执是真的。"))),
    el("p", {}, t("信访件编号：{number}", { number: found.case_number }), el("br"),
      t("登记时间：{moment}", { moment: momentZh(found.registered_at) }))];
}

async function check() {
  if (asking) return;
  const code = field.value.trim();
  if (!code) {
    box.replaceChildren(el("p", { class: "error" }, t("请先写下回执上的核对码。")));
    field.focus();
    return;
  }
  asking = true;
  box.replaceChildren(el("p", { class: "busy" }, t("正在核对……")));
  try {
    const found = await post("/receipts/verify", { code });
    box.replaceChildren(el("div", { class: `notice ${found.valid ? "good" : "warn"}` }, words(found)));
  } catch (error) {
    box.replaceChildren(el("p", { class: "notice warn" }, error.detail));
  }
  asking = false;
  box.focus();
  box.scrollIntoView({ block: "nearest" });
}

onSubmit(byId("verify-form"), check);
