/* A receipt on paper: on the terminal's own printer where there is one, else through the browser.
   Whatever goes wrong, the QR code and the number stay on the screen, large enough to photograph. */

import { get, post } from "../core/api.js";
import { callbackLeft } from "../core/callback_left.js";
import { Component } from "../core/component.js";
import { el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** Buttons, and room for the outcome; `whole` offers the whole petition on A4 as well, `told` all decisions. */
export class PrintTools extends Component {
  constructor(token, { receipt = null, whole = false, told = false } = {}) {
    super(el("div", { class: "print-tools" }));
    Object.assign(this, { token, receipt, whole, told });
  }

  init() {
    this.outcome = el("div", { class: "print-outcome" });
    const browser = this.pageForm("80mm", t("打印回执"), "print");
    const row = el("div", { class: "row" }, browser,
      this.whole ? this.pageForm("a4", t("打印整份材料（A4纸）"), "print-a4") : "",
      this.told ? this.pageForm("told", t("打印答复全文（A4纸）"), "print-told") : "");
    const until = this.whole
      ? el("p", { class: "hint" }, t("整份材料要在登记后30分钟内打；过后要，请带身份证到窗口。")) : "";
    this.root.replaceChildren(row, until, this.outcome);
    printerIsThere().then((printer) => {
      if (printer && browser.isConnected) browser.replaceWith(this.printerButton());
    });
  }

  /** A form that opens the printable page; the token travels in the body, never in an address. */
  pageForm(paper, words, id) {
    return el("form", { method: "post", action: "/receipt", class: "print-form", submit: withCallback },
      el("input", { type: "hidden", name: "lookup_token", value: this.token }),
      el("input", { type: "hidden", name: "paper", value: paper }),
      el("button", { type: "submit", class: "button", id }, words));
  }

  printerButton() {
    return el("button", { type: "button", class: "button", id: "print",
      click: (event) => this.print(event.currentTarget) }, t("打印回执"));
  }

  async print(button) {
    button.disabled = true;
    this.outcome.replaceChildren(el("p", { class: "busy", role: "status" }, t("正在打印，请稍等……")));
    try {
      await post("/receipts/print", { lookup_token: this.token, ...callbackLeft() });
      this.outcome.replaceChildren(el("p", { class: "notice good", role: "status" },
        t("打好了，请取走回执，别忘了拿。")));
    } catch (error) {
      await this.showToPhotograph(error);
    } finally {
      button.disabled = false;
      keepFocus(button);
    }
  }

  async showToPhotograph(error) {
    this.outcome.replaceChildren(el("p", { class: "notice bad", role: "alert" },
      el("strong", {}, t("没打出来，请用手机拍下这个二维码和编号。")), el("br"), error.detail));
    const shown = this.receipt || await post("/receipts", { lookup_token: this.token }).catch(() => null);
    if (shown) {
      this.outcome.append(el("div", { class: "qr-large" },
        el("img", { src: shown.qr_png, alt: t("查进度的二维码") }),
        el("strong", { class: "number" }, shown.case_number)));
    }
    this.outcome.scrollIntoView({ block: "center" });
  }
}

/** The code of a call back that was asked for meanwhile goes onto the paper. */
function withCallback({ currentTarget: form }) {
  for (const old of form.querySelectorAll(".callback")) old.remove();
  form.append(...Object.entries(callbackLeft()).map(([name, value]) => el("input", {
    type: "hidden", class: "callback", name, value,
  })));
}

async function printerIsThere() {
  try {
    return (await get("/receipts/print")).available;
  } catch {
    return false;
  }
}
