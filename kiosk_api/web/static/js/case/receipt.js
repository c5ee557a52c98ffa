/* The receipt on screen after registering: number, window and reason, dates, QR code, paper. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { dayZh, daysUntil, momentZh } from "../core/dates.js";
import { el, keepFocus, published } from "../core/dom.js";
import { because, cited, t } from "../core/i18n.js";
import { ringLink } from "../core/office_phone.js";
import { onPhone } from "../core/own_phone.js";
import { PrintTools } from "../visit/paper.js";

/** The card of a registered case; the QR part is fetched and can be fetched again when that failed. */
export class ReceiptCard extends Component {
  /** `loaded()` is called once all of it is there. */
  constructor({ case_number: number, lookup_token: token }, loaded = () => {}) {
    super(el("section", { class: "card receipt-card", tabindex: "-1", "aria-label": t("登记回执") }));
    Object.assign(this, { number, token, loaded });
  }

  init() {
    this.rest = el("div", { class: "receipt-rest" });
    this.root.append(
      el("div", {}, el("p", { class: "muted" }, t("信访件编号")),
        el("strong", { id: "case-number", class: "number" }, this.number)),
      this.rest);
    this.load();
  }

  async load() {
    this.rest.replaceChildren(el("p", { class: "busy", role: "status" }, t("正在准备回执……")));
    try {
      this.rest.replaceChildren(...parts(await post("/receipts", { lookup_token: this.token }), this.token));
      this.loaded();
    } catch (error) {
      this.rest.replaceChildren(
        el("p", { class: "notice warn" },
          t("已经登记好了，请先抄下编号。回执没显示出来：{why}", { why: error.detail })),
        el("button", { type: "button", class: "button plain", click: () => this.load() }, t("再取一次回执")));
    }
    keepFocus(this.root); // after 再取一次回执, which is gone
  }
}

/** How the case is found again: a link on a phone; elsewhere a code for a phone, and paper. */
function wayBack(receipt, token) {
  if (onPhone()) {
    return [el("div", { class: "case-link" },
      el("a", { id: "case-link", class: "button wide", href: `/r#${token}` }, t("打开这件事的页面")),
      el("p", {}, t("打开后收藏起来，随时能看办到哪一步、催办、评价。")),
      el("p", { class: "muted" }, t("拿到链接的人都能查这件事，请别转发。")))];
  }
  return [
    el("div", { class: "qr-box" },
      el("img", { id: "qr", src: receipt.qr_png, alt: t("查进度的二维码") }),
      el("p", {}, t("请用手机扫一扫，存下这个页面，随时能查进度。")),
      el("p", { class: "muted" }, t("拿到二维码的人都能查这件事，请收好。"))),
    PrintTools.make(token, { receipt, whole: true }).root,
  ];
}

function parts(receipt, token) {
  return [
    ...wayBack(receipt, token),
    el("dl", { class: "facts" },
      el("div", {}, el("dt", {}, t("登记时间")), el("dd", {}, momentZh(receipt.registered_at))),
      el("div", {}, el("dt", {}, t("去哪个窗口")), el("dd", {}, el("strong", {}, t(receipt.window_label)))),
      el("div", {}, el("dt", {}, t("为什么")), el("dd", {}, because(receipt)))),
    receipt.deadlines.length ? el("h2", {}, t("什么时候有消息")) : "",
    receipt.deadlines.length ? deadlineList(receipt.deadlines) : "",
    el("h2", {}, t("有事找谁")),
    el("ul", { class: "plain-list" },
      receipt.where_to_turn.map((line) => el("li", {}, published(line)))),
    ringLink() || "",
    el("p", { class: "muted" }, t("回执核对码：{code}", { code: receipt.verify_code })),
  ];
}

const SOON_DAYS = 3;

/** A deadline {state, due_on} as [words, class]; colour never says it alone. */
export function remaining({ state, due_on: due }, now = new Date()) {
  const over = {
    met: t("已按时办到"), missed: t("已办到，但是晚了"), stopped: t("不再计算"), lapsed: t("时间已过"),
  }[state];
  if (over) return [over, state === "missed" ? "late" : ""];
  const days = daysUntil(due, now);
  if (state === "overdue" || days < 0) return [t("已超过{days}天", { days: -days }), "late"];
  return days === 0 ? [t("今天到期"), "soon"]
    : [t("还有{days}天", { days }), days <= SOON_DAYS ? "soon" : "fine"];
}

export function deadlineList(deadlines) {
  return el("ul", { class: "plain-list", id: "deadlines" }, deadlines.map((one) => {
    const [words, look] = remaining(one);
    return el("li", {},
      el("div", { class: "due" },
        el("span", {}, t("{what}：最晚", { what: t(one.label) }), el("strong", {}, dayZh(one.due_on))),
        el("span", { class: `left ${look}` }, words)),
      el("div", { class: "muted" }, cited(one.article_label),
        one.provisional ? t("。节假日安排公布后可能调整") : ""));
  }));
}
