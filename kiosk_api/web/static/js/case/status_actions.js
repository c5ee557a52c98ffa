/* What the citizen may do with a case: urge, rate, add pictures of papers, confirm receipt, ask for review, withdraw;
   and why not yet. */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { area, rating, tail } from "./action_fields.js";
import { ActionForm } from "./action_form.js";

const NEEDS_TOKEN = ["pictures", "received", "review", "withdraw"];

/** The section of everything allowed, then what is not, each with its reason. `page` is what the forms
    need: {identity, keys, picturesFor(case), done(case, words)}. */
export function actionsFor(found, { identity, keys, picturesFor, done }) {
  const open = [];
  const closed = [];
  for (const action of actions(found.can)) {
    const needsToken = NEEDS_TOKEN.includes(action.id) && !identity.lookup_token;
    if (action.permit.allowed && !needsToken) {
      const pictures = action.id === "pictures" ? picturesFor(found) : null;
      open.push(ActionForm.make(action, { identity, keys, pictures, done }).root);
    } else {
      closed.push(refusal(action));
    }
  }
  return el("section", { "aria-labelledby": "actions-title" },
    el("h2", { id: "actions-title" }, t("您可以")),
    open, open.length ? null : el("p", {}, t("现在没有需要您办的。")),
    closed.length ? el("details", { class: "step", id: "not-yet" }, el("summary", {}, t("现在还不能办的（{count}项）", { count: closed.length })),
      el("ul", { class: "plain-list" }, closed)) : null);
}

/** Unfold the form that urges, and go there. */
export function openUrging() {
  const form = byId("do-urge");
  form.open = true;
  form.scrollIntoView({ block: "center" });
  form.querySelector("summary").focus({ preventScroll: true });
}

function refusal({ id, title, permit }) {
  return el("li", { class: "refused", id: `no-${id}` },
    el("strong", {}, t("{title}：", { title })),
    permit.allowed ? t("这一项要用回执上的二维码打开页面才能办，请用手机扫一扫。") : t(permit.reason));
}

/** All actions in their order: {id, picture, path, title, permit, thanks, fields, label}; `can` is the API's. */
function actions(can) {
  return [
    { id: "urge", picture: "urge", path: "urge", title: t("催办"), permit: can.urge,
      thanks: t("已经替您催了，经办单位会看到。"),
      fields: [area("urge_comment", t("想说的话"))], label: t("催一催") },
    { id: "rate", picture: "rate", path: "rate", title: t("评价"), permit: can.rate, thanks: t("谢谢您的评价。"),
      fields: [rating("petition_office", t("对信访部门")), rating("responsible_unit", t("对办理单位")),
        area("rate_comment", t("想说的话"))], label: t("提交评价") },
    { id: "pictures", picture: "camera", path: "attachments", title: t("补交材料照片"), permit: can.add_material,
      thanks: (next) => t("收到了，{count}张照片已经放进这件事里，经办的人会看到。", { count: next.added }),
      fields: [tail("pictures_tail")], label: t("提交照片") },
    { id: "received", picture: "document", path: "received", title: t("确认收到书面答复"), permit: can.confirm_receipt,
      thanks: t("记下了，您今天收到了书面答复。"),
      fields: [el("p", {}, can.request_reexamination.allowed
        ? t("上面的复查意见您看过了，可以点这里。从今天起30日内，您可以申请复核。不点也行，不影响您的权利。")
        : t("上面的处理意见您看过了，可以点这里。从今天起30日内，您可以申请复查。不点也行，不影响您的权利。")),
      tail("received_tail")], label: t("我看过了") },
    review(can),
    { id: "withdraw", picture: "withdraw", path: "withdraw", title: t("撤回"), permit: can.withdraw,
      thanks: t("已经按您的意思撤回。"),
      fields: [el("p", {}, t("撤回以后，这件事就不再办理了。以后想反映，可以重新登记。")),
        area("withdraw_reason", t("撤回的原因")), tail("withdraw_tail")], label: t("确定撤回") },
  ];
}

/** 复查, or 复核 once that is open (《信访工作条例》 Art. 35, 36). */
function review(can) {
  const fields = [area("review_reason", t("不服的理由")), tail("review_tail")];
  if (can.request_reexamination.allowed) {
    return { id: "review", picture: "review", path: "review", title: t("申请复核"), permit: can.request_reexamination,
      thanks: t("复核申请已经收到。"), fields, label: t("提交复核申请") };
  }
  return { id: "review", picture: "review", path: "review", title: t("申请复查"), permit: can.request_review,
    thanks: t("复查申请已经收到。"), fields, label: t("提交复查申请") };
}
