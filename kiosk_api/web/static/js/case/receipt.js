/* The receipt on screen after registering: number, window and reason, dates, QR code, paper. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { momentZh } from "../core/dates.js";
import { el, keepFocus, published } from "../core/dom.js";
import { because, t } from "../core/i18n.js";
import { ringLink } from "../core/office_phone.js";
import { onPhone } from "../core/own_phone.js";
import { icon, openingTag, panel } from "../core/parts.js";
import { PrintTools } from "../visit/paper.js";
import { deadlineList } from "./due.js";
import { comingList } from "./steps.js";

/** The card of a registered case; the QR part is fetched and can be fetched again when that failed. */
export class ReceiptCard extends Component {
  /** `loaded()` is called once all of it is there; `titled`: no heading above says that it is registered. */
  constructor({ case_number: number, lookup_token: token }, loaded = () => {}, { titled = true } = {}) {
    super(el("section", { class: "receipt-card", tabindex: "-1", "aria-label": t("登记回执") }));
    Object.assign(this, { number, token, loaded, titled });
  }

  init() {
    this.rest = el("div", { class: "card receipt-rest" });
    this.stamp = el("p", { class: "muted", hidden: true });
    this.root.append(
      panel(this.titled ? t("已经登记好了") : "",
        el("p", {}, t("信访件编号"), el("strong", { id: "case-number", class: "number" }, this.number)), this.stamp),
      this.rest);
    this.load();
  }

  async load() {
    this.rest.replaceChildren(el("p", { class: "busy", role: "status" }, t("正在准备回执……")));
    try {
      const receipt = await post("/receipts", { lookup_token: this.token });
      this.stamp.textContent = t("登记时间：{moment}", { moment: momentZh(receipt.registered_at) });
      this.stamp.hidden = false;
      this.rest.replaceChildren(...parts(receipt, this.token));
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
      el("a", { id: "case-link", class: "button wide", href: `/r#${token}` }, icon("progress"), t("打开这件事的页面")),
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
  const coming = comingList(receipt.steps);
  const [way, ...paper] = wayBack(receipt, token);
  return [
    el("div", { class: "next-and-code" }, coming && el("section", {}, el("h2", {}, t("接下来")), coming), way),
    ...paper,
    el("section", {}, el("h2", {}, t("去哪个窗口")),
      el("p", {}, el("strong", {}, t(receipt.window_label))), openingTag(receipt.opening), el("p", { class: "muted" }, because(receipt))),
    el("details", { class: "step" }, el("summary", {}, t("期限、有事找谁")),
      receipt.deadlines.length ? deadlineList(receipt.deadlines) : null,
      el("h2", {}, t("有事找谁")),
      el("ul", { class: "plain-list" }, receipt.where_to_turn.filter(isFilledIn).map((line) => el("li", {}, line)))),
    ringLink(),
    el("p", { class: "muted" }, t("回执核对码：{code}", { code: receipt.verify_code })),
  ].filter(Boolean);
}

/** What the office has not filled in is left out: an empty row helps nobody. */
const isFilledIn = (line) => published(line) === line;
