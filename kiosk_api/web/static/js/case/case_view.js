/* A case as its petitioner sees it: what is late, its steps, what was said and decided, what can be done, the history. */

import { momentZh } from "../core/dates.js";
import { el } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";
import { ringLink } from "../core/office_phone.js";
import { decisionList } from "./decisions.js";
import { deadlineList } from "./due.js";
import { longText } from "./folded.js";
import { overdueBanner } from "./overdue.js";
import { stepList } from "./steps.js";

/** The elements of `found` that follow on how it stands; `actions` is the section of what the citizen may do, `told` how they
    are told at home, `after` what follows; `token` the receipt's, if it was shown; `keeping` how this page is kept on a
    phone; `urge()` opens what urges. */
export function caseParts(found, { notice, actions, after, token, urge, told = null, keeping = null }) {
  return [
    notice && el("p", { class: "notice good", role: "status", id: "notice" }, notice),
    overdueBanner(found, urge) || ringLink(),
    found.guessed_at && el("p", { class: "notice warn", id: "guessed-at" }, t(found.guessed_at.sentence)),
    el("div", { class: "two case-parts" },
      el("div", { class: "case-main" }, inOrder(found, section(t("办到哪一步"), stepList(found.steps)),
        ownWords(found.own_words), decisionList(found.decisions, token))),
      el("div", { class: "side case-side" }, actions, told, keeping, after),
      el("div", { class: "case-more" },
        fold("all-deadlines", t("全部期限"), found.deadlines.length ? deadlineList(found.deadlines)
          : el("p", { id: "deadlines" }, t("现在没有正在计算的期限。"))),
        fold("history", t("办理过程（{count}条）", { count: found.timeline.length }),
          el("ol", { id: "timeline" }, found.timeline.map(event))))),
  ].filter(Boolean);
}

const ANSWERED = ["declined", "concluded", "answered", "settled", "reviewed", "reexamined", "guided"];

/** Whoever has been answered reads the answer first. */
const inOrder = ({ status }, steps, words, decisions) => (ANSWERED.includes(status) ? [decisions, steps, words] : [steps, words, decisions]);

const section = (title, ...children) => el("section", { class: "card" }, el("h2", {}, title), children);

const fold = (id, title, ...children) => el("details", { class: "step", id }, el("summary", {}, title), children);

function ownWords(words) {
  if (!words) return null;
  return el("section", { class: "card", id: "own-words" },
    el("h2", {}, t("您说的事")), longText(words.facts),
    words.request ? [el("h3", {}, t("您的诉求")), longText(words.request)] : null,
    el("p", { class: "muted" }, t("为了保护您的隐私，这里只在登记后的头几天显示。")));
}

function event(one) {
  return el("li", {},
    el("p", {}, el("strong", {}, t(one.label)), one.pictures ? t("（{count}张照片）", { count: one.pictures }) : "",
      one.at_the_window ? t("（您在窗口办的，工作人员代录）") : ""),
    el("p", { class: "muted" },
      [momentZh(one.at), one.article_label && cited(one.article_label)].filter(Boolean).join("　")));
}
