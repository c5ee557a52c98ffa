/* How the petitioner is told at home: by which ways, what has really been sent, and what they want. */

import { post } from "../core/api.js";
import { Component } from "../core/component.js";
import { momentZh } from "../core/dates.js";
import { el, showProblems } from "../core/dom.js";
import { t } from "../core/i18n.js";

const ALL = "all";
const OWED = "owed";

export class Notices extends Component {
  /** `notices` is the API's; `token` the receipt's, "" where the case was found by its number; `done(case, words)` is
      called with the answer to a changed choice. */
  constructor(notices, { token, done }) {
    super(el("section", { class: "card", id: "notices" }));
    Object.assign(this, { notices, token, done });
  }

  init() {
    const { ways, only_owed: onlyOwed, sent } = this.notices;
    this.problem = el("div", { class: "notice warn", role: "alert", tabindex: "-1", hidden: true });
    this.root.append(
      el("h2", {}, t("怎样通知您")),
      el("p", { id: "notice-ways" }, this.by()),
      onlyOwed ? el("p", { id: "notice-choice" }, t("您选了只收依法必须告知的。")) : "",
      sent.length ? el("ul", { class: "plain-list", id: "notices-sent" },
        sent.map((one) => el("li", {}, t("{moment} {sent}：{about}", { moment: momentZh(one.at), sent: t(one.label), about: t(one.about_label) })))) : "",
      this.problem,
      ...(ways.length ? this.choice(onlyOwed) : []));
  }

  by() {
    const { ways, way_labels: labels } = this.notices;
    if (!ways.length) return t("现在没有能通知您的办法：没有开通短信、微信，或者没有留手机号。有没有进展，请到这里看。");
    return t("有新进展会发{ways}告诉您。里面不写事情内容，不收费，不要验证码。", { ways: labels.map((one) => t(one)).join(t("、")) });
  }

  /** The switch needs the receipt's code; who came by number and tail reads where it is. */
  choice(onlyOwed) {
    const owed = el("p", { class: "muted" }, t("受理、不予受理、延期、处理意见、复查复核意见这些依法必须告知的，不能退订。"));
    if (!this.token) return [owed, el("p", { class: "muted" }, t("想少收或者恢复，请用回执上的二维码打开这一页。"))];
    this.button = el("button", { type: "button", class: "button plain", id: "notice-switch", click: () => this.change(onlyOwed ? ALL : OWED) },
      onlyOwed ? t("有进展都告诉我") : t("只收依法必须告知的"));
    return [owed, this.button];
  }

  async change(wanted) {
    this.button.disabled = true;
    this.problem.hidden = true;
    try {
      const found = await post("/cases/notices", { lookup_token: this.token, notices: wanted });
      this.done(found, wanted === ALL ? t("记下了，有进展都会告诉您。") : t("记下了，以后只告诉您依法必须告知的。"));
    } catch (error) {
      showProblems(this.problem, error);
      this.button.disabled = false;
    }
  }
}
