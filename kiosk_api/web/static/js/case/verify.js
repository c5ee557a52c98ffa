/* 核对回执: is a printed receipt genuine. What is typed goes by POST from this page and not as a page
   of its own, so that neither an address nor the browser's history holds it. */

import { post } from "../core/api.js";
import { numberIn, readScan } from "../core/codes.js";
import { Component } from "../core/component.js";
import { momentZh } from "../core/dates.js";
import { byId, el, onSubmit } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { ScannerKeys } from "./scan_keys.js";

/** The root is the form. */
export class VerifyReceipt extends Component {
  init() {
    this.box = byId("verdict");
    this.field = byId("code");
    this.asking = false;
    onSubmit(this.root, () => this.check());
    ScannerKeys.start(window, { found: (scan) => this.scanned(scan), missed: () => this.scanned({}) });
  }

  /** Only a code with its signature can be checked: the QR code on a receipt opens its progress. */
  scanned(scan) {
    if (!scan.mac) {
      this.box.replaceChildren(el("p", { class: "notice warn" }, notACode(scan)));
      this.field.focus();
      return;
    }
    this.field.value = `${scan.case_number}.${scan.mac}`;
    this.check();
  }

  async check() {
    if (this.asking) return;
    const code = this.field.value.trim();
    if (!code) {
      this.box.replaceChildren(el("p", { class: "error" }, t("请先写下回执上的核对码。")));
      this.field.focus();
      return;
    }
    const number = numberIn(code);
    if (number ? !number.mac : readScan(code).lookup_token) {
      this.scanned(readScan(code));
      return;
    }
    this.asking = true;
    this.box.replaceChildren(el("p", { class: "busy" }, t("正在核对……")));
    try {
      const found = await post("/receipts/verify", { code });
      this.box.replaceChildren(el("div", { class: `notice ${found.valid ? "good" : "warn"}` }, verdict(found)));
    } catch (error) {
      this.box.replaceChildren(el("p", { class: "notice warn" }, error.detail));
    }
    this.asking = false;
    this.box.focus();
    this.box.scrollIntoView({ block: "nearest" });
  }
}

const notACode = ({ lookup_token: token, case_number: number }) => (token
  ? t("这是查进度的二维码。核对回执，请输入回执最下面的核对码。")
  : number ? t("这只是编号，或者核对码没写全。核对码在回执最下面，请写全。")
    : t("扫到了，但不是回执上的核对码。核对码在回执最下面，请照着写全。"));

function verdict(found) {
  if (!found.valid) {
    return [el("p", {}, el("strong", {}, t("没有核对上。"))),
      el("p", {}, t("请看看核对码有没有抄错。还是不行，请拿着回执问窗口工作人员。"))];
  }
  return [el("p", {}, el("strong", {}, t("这张回执是真的。"))),
    el("p", {}, t("信访件编号：{number}", { number: found.case_number }), el("br"),
      t("登记时间：{moment}", { moment: momentZh(found.registered_at) }))];
}
