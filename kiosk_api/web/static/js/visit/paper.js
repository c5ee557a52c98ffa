/* A receipt on paper: on the terminal's own printer where there is one, else through the browser.
   Whatever goes wrong, the QR code and the number stay on the screen, large enough to photograph. */

import { get, post } from "../core/api.js";
import { el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** Buttons, and room for what became of it. `whole` offers the whole petition on A4 as well. */
export function printTools(token, { receipt = null, whole = false } = {}) {
  const told = el("div", { class: "print-told" });
  const first = page(token, "80mm", t("打印回执"), "print");
  const row = el("div", { class: "row" }, first,
    whole ? page(token, "a4", t("打印整份材料（A4纸）"), "print-a4") : "");
  atTerminal().then((printer) => {
    if (printer && first.isConnected) first.replaceWith(here(token, told, receipt));
  });
  const until = whole ? el("p", { class: "hint" }, t("整份材料要在登记后30分钟内打；过后要，请带身份证到窗口。")) : "";
  return el("div", { class: "print-tools" }, row, until, told);
}

/** A form that opens the printable page; the token travels in the body, never in an address. */
function page(token, paper, words, id) {
  return el("form", { method: "post", action: "/receipt", class: "print-form" },
    el("input", { type: "hidden", name: "lookup_token", value: token }),
    el("input", { type: "hidden", name: "paper", value: paper }),
    el("button", { type: "submit", class: "button", id }, words));
}

async function atTerminal() {
  try {
    return (await get("/receipts/print")).available;
  } catch {
    return false;
  }
}

function here(token, told, receipt) {
  const button = el("button", { type: "button", class: "button", id: "print" }, t("打印回执"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    told.replaceChildren(el("p", { class: "busy", role: "status" }, t("正在打印，请稍等……")));
    try {
      await post("/receipts/print", { lookup_token: token });
      told.replaceChildren(el("p", { class: "notice good", role: "status" },
        t("打好了，请取走回执，别忘了拿。")));
    } catch (error) {
      await photograph(token, told, receipt, error);
    } finally {
      button.disabled = false;
      keepFocus(button);
    }
  });
  return button;
}

async function photograph(token, told, receipt, error) {
  const say = el("p", { class: "notice bad", role: "alert" },
    el("strong", {}, t("没打出来，请用手机拍下这个二维码和编号。")), el("br"), error.detail);
  told.replaceChildren(say);
  const shown = receipt ?? await post("/receipts", { lookup_token: token }).catch(() => null);
  if (shown) {
    told.append(el("div", { class: "qr-large" },
      el("img", { src: shown.qr_png, alt: t("查进度的二维码") }),
      el("strong", { class: "number" }, shown.case_number)));
  }
  told.scrollIntoView({ block: "center" });
}
