// The receipt on screen: number, window with its reason, dates, and the QR to take away.
import { el, post } from "./api.js";

/** Fetch and show the receipt of a case; says so when it cannot. */
export async function renderReceipt(container, lookupToken) {
  const { ok, data } = await post("/api/v1/receipts", { lookup_token: lookupToken });
  container.hidden = false;
  container.replaceChildren();
  if (!ok) {
    container.append(el("p", { class: "error", text: data.detail }));
    return;
  }
  const dates = el("table", { class: "deadlines" });
  dates.append(el("caption", { text: "法定期限" }));
  for (const one of data.deadlines) {
    dates.append(el("tr", {},
      el("th", { scope: "row", text: one.label }),
      el("td", {}, el("strong", { text: `${one.due_on} 前` }),
        el("div", { class: "cite-article", text: one.article_label }))));
  }
  const print = el("form", { method: "post", action: "/receipt", target: "_blank" },
    el("input", { type: "hidden", name: "lookup_token", value: lookupToken }),
    el("button", { class: "button", type: "submit", text: "打印回执" }));
  container.append(el("section", { class: "card receipt-card", "aria-label": "登记回执" },
    el("h2", { text: "已经登记，请记下编号" }),
    el("p", { id: "case-number", text: data.case_number }),
    el("img", { id: "qr", src: data.qr_png, alt: "回执二维码，扫码可以查进度" }),
    el("p", { text: "用手机扫一扫，随时查进度、催办、评价。没有纸也可以拍下这一屏。" }),
    el("dl", {},
      el("dt", { text: "建议窗口" }), el("dd", { text: data.window_label }),
      el("dt", { text: "为什么" }), el("dd", { text: data.reason })),
    dates,
    el("p", {}, el("a", { href: data.url, text: "在这里看进度" })),
    print));
  container.scrollIntoView({ block: "start" });
}
