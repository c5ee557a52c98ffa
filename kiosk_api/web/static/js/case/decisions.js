/* What was decided on a case, each decision whole; the one in force stands first. */

import { dayZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";
import { icon } from "../core/parts.js";
import { tail } from "./action_fields.js";
import { longText } from "./folded.js";

/** The section of all decisions of a case, or null while there is none; with the receipt's `token` the written
    documents can be opened. */
export function decisionList(decisions, token = "") {
  if (!decisions || !decisions.length) return null;
  const newest = [...decisions].reverse();
  const sorted = [...newest.filter((one) => one.in_force), ...newest.filter((one) => !one.in_force)];
  return el("section", { class: "card", id: "decisions" },
    el("h2", {}, t("给您的答复和决定")), sorted.map((one, place) => decision(one, token, place === 0)));
}

/** The one in force, or else the newest, is open; the others are a line each that unfolds. */
function decision(one, token, first) {
  const title = [t(one.label), t("（{day}）", { day: dayZh(one.at) })];
  if (first) {
    return el("article", { class: one.in_force ? "decision in-force" : "decision", "data-kind": one.kind },
      el("h3", {}, icon("decision"), title), whole(one, token));
  }
  return el("details", { class: "decision step", "data-kind": one.kind }, el("summary", {}, title), whole(one, token));
}

function whole(one, token) {
  return [
    one.standing_label ? el("p", { class: "standing" }, t(one.standing_label)) : null,
    one.outcome_label ? el("p", {}, el("strong", {}, t(one.outcome_label))) : null,
    one.parts.map((part) => [el("h4", {}, t(part.label)), longText(said(one, part))]),
    dates(one),
    one.article_label ? el("p", { class: "muted" }, cited(one.article_label)) : null,
    one.document ? paper(one.document, token) : null,
  ];
}

/** A written document by its number. It names the petitioner: only on a phone, and by token and number together. */
function paper({ id, number }, token) {
  const named = el("p", { class: "muted" }, t("文号：{number}", { number }));
  if (!token) return named;
  return [named,
    el("details", { class: "step on-phone" }, el("summary", {}, t("打开书面文书")),
      el("form", { method: "post", action: "/document", target: "_blank", rel: "noopener", autocomplete: "off" },
        el("input", { type: "hidden", name: "lookup_token", value: token }),
        el("input", { type: "hidden", name: "document", value: id }),
        tail(`document_${id}`), el("button", { type: "submit", class: "button" }, t("打开")))),
    el("p", { class: "muted in-hall" }, t("要纸质文书，请带身份证到窗口。"))];
}

/** What one part says; a date in the page's language. */
function said(one, { name, is_date: isDate }) {
  const text = one.text[name] || one[name];
  return isDate ? dayZh(text) : text;
}

function dates(one) {
  const holds = !["replaced", "annulled"].includes(one.standing);
  return [
    one.by && holds ? el("p", {}, t("{what}：最晚", { what: t(one.by.label) }), el("strong", {}, dayZh(one.by.day))) : null,
    one.received_on ? el("p", {}, received(one)) : null,
    one.asks && holds ? asks(one) : null,
  ];
}

function received({ received_on: on, received_how: how }) {
  const day = dayZh(on);
  return how === "refused" ? t("书面答复{day}送来时您没有收下，期限从这天算起。", { day }) : t("书面答复您在{day}收到。", { day });
}

/** Until when one may disagree; the 30 days begin when the written decision is received (Art. 35, 36). */
function asks(one) {
  const day = one.last_day && dayZh(one.last_day);
  const words = {
    review: day ? t("不同意的，最晚{day}申请复查。", { day }) : t("不同意的，收到书面意见书起30日内可以申请复查。"),
    reexamination: day ? t("不同意的，最晚{day}申请复核。", { day }) : t("不同意的，收到书面意见书起30日内可以申请复核。"),
    remedy: t("不同意的，最晚{day}提出。", { day }),
  }[one.asks];
  return el("p", {}, el("strong", {}, words));
}
