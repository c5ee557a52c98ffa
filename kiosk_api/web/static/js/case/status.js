/* Where a case stands. The QR's token is read from the fragment, which is then dropped; number,
   tail and token live in this module only. */

import { post } from "../core/api.js";
import { byId, el, dayZh, keepFocus, markFields, momentZh, onSubmit, showProblems } from "../core/dom.js";
import { cited, t } from "../core/i18n.js";
import { deadlineList, printForm } from "./receipt.js";
import { offerCamera, watchScans } from "./scan.js";
import { actionsFor, isTailOrPhone } from "./status_actions.js";
import { onWipe } from "../core/forget.js";

const summary = byId("summary");
const busy = byId("busy");
let identity = null;
const stopCamera = offerCamera(byId("camera-box"), scanned);

const OPINION_PARTS = [
  ["request", t("您的诉求")], ["facts_and_reasons", t("事实和理由")],
  ["finding", t("处理意见")], ["legal_basis", t("依据")],
];

async function look(who) {
  summary.hidden = true;
  markFields(byId("status-form"), []);
  busy.textContent = t("正在查……");
  byId("look").disabled = true;
  try {
    const found = await post("/cases/lookup", who);
    identity = who;
    render(found);
    keepFocus(byId("status-title")); // the fields are gone
    scrollTo(0, 0);
  } catch (error) {
    byId("asking").hidden = false;
    markFields(byId("status-form"), error.errors);
    showProblems(summary, error, (path) => (byId(`f-${path}`) ? `f-${path}` : null));
    if (who.lookup_token && error.unsure) offerRetry(who);
  }
  busy.textContent = "";
  byId("look").disabled = false;
}

function offerRetry(who) {
  summary.append(el("button", { type: "button", class: "button", click: () => look(who) }, t("再查一次")));
}

function render(found, notice = "") {
  stopCamera(); // it would go on filming behind the case, and another receipt would take its place
  byId("asking").hidden = true;
  const box = byId("case");
  box.hidden = false;
  box.replaceChildren(...[
    notice ? el("p", { class: "notice good", role: "status", id: "notice" }, notice) : "",
    el("section", { class: "card case-head", "aria-label": t("现在的状态") },
      el("p", { class: "muted" }, t("信访件编号")),
      el("strong", { class: "number", id: "case-number" }, found.case_number),
      el("p", { class: "state", id: "state" }, t(found.status_label)),
      el("p", {}, found.responsible_unit ? t("经办单位：{unit}", { unit: found.responsible_unit }) : t("还没有转到经办单位。"))),
    opinion(found.opinion),
    found.guessed_at ? el("p", { class: "notice warn", id: "guessed-at" }, t(found.guessed_at.sentence)) : "",
    section(t("期限"), found.deadlines.length ? deadlineList(found.deadlines)
      : el("p", { id: "deadlines" }, t("现在没有正在计算的期限。"))),
    actionsFor(found, identity, (next, words) => {
      render(next, words);
      byId("status-title").focus();
      scrollTo(0, 0);
    }),
    section(t("办理过程"), el("ol", { id: "timeline" }, found.timeline.map((one) => el("li", {},
      el("p", {}, el("strong", {}, t(one.label)), one.pictures ? t("（{count}张照片）", { count: one.pictures }) : ""),
      el("p", { class: "muted" }, [momentZh(one.at), one.article_label && cited(one.article_label)].filter(Boolean).join("　")))))),
    identity.lookup_token ? el("div", { class: "row" }, printForm(identity.lookup_token)) : "",
  ].filter(Boolean));
}

const section = (title, ...children) => el("section", { class: "card" }, el("h2", {}, title), children);

function opinion(one) {
  if (!one) return null;
  return el("section", { class: "card", id: "opinion" },
    el("h2", {}, t("处理意见书")),
    el("p", {}, el("strong", {}, t(one.outcome_label)), t("（{day}）", { day: dayZh(one.concluded_at) })),
    OPINION_PARTS.map(([name, label]) => [el("h3", {}, label), el("p", { class: "part" }, one[name])]));
}

onSubmit(byId("status-form"), (event) => {
  const fields = event.target.elements;
  const who = { case_number: fields.case_number.value.trim(), phone_tail: fields.phone_tail.value.trim() };
  const errors = [];
  if (!who.case_number) errors.push({ field: "case_number", detail: t("请输入回执上的信访件编号。") });
  if (!isTailOrPhone(who.phone_tail)) {
    errors.push({ field: "phone_tail", detail: t("请输入登记电话的后四位数字，比如 1234。") });
  }
  if (errors.length) {
    markFields(event.target, errors);
    showProblems(summary, { detail: t("还差一点就能查了。"), errors }, (path) => `f-${path}`);
    return;
  }
  look(who);
});

function openToken() {
  const token = location.hash.slice(1);
  if (location.pathname !== "/r" || !token) return;
  history.replaceState(null, "", "/r");
  byId("asking").hidden = true;
  look({ lookup_token: token });
}
/** A number still asks for the phone's last four digits; an address is enough by itself. */
function scanned(scan) {
  if (byId("look").disabled) return;
  if (scan.lookup_token) {
    look(scan);
    return;
  }
  identity = null;
  byId("case").hidden = true;
  byId("asking").hidden = false;
  byId("f-case_number").value = scan.case_number;
  busy.textContent = t("编号扫到了，再输入登记电话的后四位。");
  byId("f-phone_tail").focus();
}
watchScans(scanned);
onWipe(() => {
  stopCamera();
  identity = null;
});
addEventListener("hashchange", openToken);
openToken();
