/* What the citizen may do with a case: urge, rate, add pictures of papers, ask for review, withdraw;
   and why not yet. */

import { newKey } from "../core/api.js";
import { allThere } from "../photos/attach_wait.js";
import { dayZh, el, markFields, onSubmit, showProblems } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { submitWithRetry } from "../visit/resend.js";
import { picturesFor } from "./status_pictures.js";
import { onWipe } from "../core/forget.js";

const RATINGS = [["satisfied", t("满意")], ["fairly_satisfied", t("基本满意")], ["dissatisfied", t("不满意")]];
const SCAN = t("这一项要用回执上的二维码打开页面才能办，请用手机扫一扫。");
const keys = new Map(); // request → {text, key, unsure}: one key for one request, kept over retries

onWipe(() => keys.clear());

function keyFor(path, body) {
  const name = `${path} ${body.lookup_token ?? body.case_number}`;
  const text = JSON.stringify(body);
  const had = keys.get(name);
  // while it is not known whether the first came through, a changed one is no new request
  if (!had || (had.text !== text && !had.unsure)) keys.set(name, { text, key: newKey(), unsure: false });
  return [name, keys.get(name).key];
}

function failed(name, error) {
  if (error.code === "idempotency_conflict") keys.delete(name); // now it is known: it did
  else if (error.unsure) keys.get(name).unsure = true;
}

const area = (name, label) => el("div", { class: "field" },
  el("label", { for: `f-${name}` }, label, el("span", { class: "optional" }, t("（可不填）"))),
  el("p", { class: "error", id: `error-${name}`, hidden: true }),
  el("textarea", { id: `f-${name}`, name, rows: "3", autocomplete: "off" }));

/** Four digits, or the whole number when strangers have used up the tries at four; the server checks it. */
export const isTailOrPhone = (text) => /^(\d{4}|[+\d][-\d ]{6,19})$/.test(text.normalize("NFKC"));

const tail = (id) => el("div", { class: "field" },
  el("label", { for: `f-${id}` }, t("登记电话的后四位")),
  el("p", { class: "hint" }, t("确认是您本人。输不对的次数多了，可以输完整的电话号码。")),
  el("p", { class: "error", id: `error-${id}`, hidden: true }),
  el("input", { id: `f-${id}`, name: "phone_tail", type: "tel", inputmode: "tel", maxlength: "20",
    autocomplete: "off", required: true }));

function choice(name, label) {
  return el("fieldset", {}, el("legend", {}, label),
    el("p", { class: "error", id: `error-${name}`, hidden: true }),
    el("div", { class: "stars" }, RATINGS.map(([value, words]) => el("label", { class: "tick" },
      el("input", { type: "radio", name, value, required: true }), el("span", {}, words)))));
}

/** The section of everything allowed, then what is not, each with its reason. */
export function actionsFor(found, identity, done) {
  const { can } = found;
  const again = can.request_reexamination.allowed;
  const steps = [
    ["urge", "urge", t("催办"), can.urge, t("已经替您催了，经办单位会看到。"),
      [area("urge_comment", t("想说的话"))], t("催一催")],
    ["rate", "rate", t("评价"), can.rate, t("谢谢您的评价。"),
      [choice("petition_office", t("对信访部门")), choice("responsible_unit", t("对办理单位")),
        area("rate_comment", t("想说的话"))], t("提交评价")],
    ["pictures", "attachments", t("补交材料照片"), can.add_material, (next) => t("收到了，{count}张照片已经放进这件事里，经办的人会看到。", { count: next.added }),
      [tail("pictures_tail")], t("提交照片")],
    again
      ? ["review", "review", t("申请复核"), can.request_reexamination, t("复核申请已经收到。"),
        [area("review_reason", t("不服的理由")), tail("review_tail")], t("提交复核申请")]
      : ["review", "review", t("申请复查"), can.request_review, t("复查申请已经收到。"),
        [area("review_reason", t("不服的理由")), tail("review_tail")], t("提交复查申请")],
    ["withdraw", "withdraw", t("撤回"), can.withdraw, t("已经按您的意思撤回。"),
      [el("p", {}, t("撤回以后，这件事就不再办理了。以后想反映，可以重新登记。")),
        area("withdraw_reason", t("撤回的原因")), tail("withdraw_tail")], t("确定撤回")],
  ];
  const open = [];
  const closed = [];
  for (const [id, path, title, permit, thanks, fields, label] of steps) {
    const needsToken = ["pictures", "review", "withdraw"].includes(id) && !identity.lookup_token;
    if (permit.allowed && !needsToken) {
      const pictures = id === "pictures" ? picturesFor(found) : null;
      open.push(step({ id, path, title, permit, thanks, fields, label, identity, done, pictures }));
    } else {
      closed.push(el("li", { class: "refused", id: `no-${id}` },
        el("strong", {}, t("{title}：", { title })), permit.allowed ? SCAN : t(permit.reason)));
    }
  }
  return el("section", { "aria-labelledby": "actions-title" },
    el("h2", { id: "actions-title" }, t("您可以")),
    open, open.length ? null : el("p", {}, t("现在没有需要您办的。")),
    closed.length ? el("div", { class: "card" }, el("h3", {}, t("现在还不能办的")),
      el("ul", { class: "plain-list" }, closed)) : null);
}

function step({ id, path, title, permit, thanks, fields, label, identity, done, pictures }) {
  const problem = el("div", { class: "notice warn", role: "alert", tabindex: "-1", hidden: true });
  const busy = el("p", { class: "busy", role: "status" });
  const waiting = el("div", { class: "waiting" });
  const button = el("button", {
    type: "submit", id, class: id === "withdraw" ? "button danger" : "button",
  }, label);
  const form = el("form", { id: `${id}-form`, novalidate: true, autocomplete: "off" },
    permit.until ? el("p", { class: "hint" }, t("可以办到{day}为止。", { day: dayZh(permit.until) })) : null,
    problem, pictures?.node, fields, waiting, busy, button);
  // Ids on this page carry the step's name; the API's field names do not.
  const local = (one) => {
    const field = one.field === "phone_tail" ? `${id}_tail` : `${id}_${one.field}`;
    return form.querySelector(`#error-${field}`) ? { ...one, field } : one;
  };
  onSubmit(form, async () => {
    if (pictures && !(await allThere(pictures, waiting))) return;
    const entries = {};
    for (const [name, text] of new FormData(form)) {
      if (text.trim()) entries[name.replace(/^(urge|rate|review|withdraw)_/, "")] = text.trim();
    }
    const bundle = pictures?.bundleToken();
    if (bundle) entries.attachments = bundle;
    const errors = missing(form, entries, pictures);
    markFields(form, errors.map(local));
    if (errors.length) {
      showProblems(problem, { detail: errors[0].detail, errors });
      return;
    }
    const body = { ...identity, ...entries };
    const [name, key] = keyFor(path, body);
    button.disabled = true;
    problem.hidden = true;
    busy.textContent = t("正在提交……");
    try {
      const next = await submitWithRetry(`/cases/${path}`, body, key);
      keys.delete(name);
      pictures?.taken();
      done(next, typeof thanks === "function" ? thanks(next) : thanks);
    } catch (failure) {
      let error = failure;
      failed(name, failure);
      if (error.code === "case_not_found" && entries.phone_tail) {
        const detail = t("电话后四位对不上，请看看是不是登记时留的那个号码。");
        error = { detail, errors: [{ field: "phone_tail", detail }] };
      }
      if (error.errors.some((one) => one.code === "attachments_expired")) pictures?.forget();
      markFields(form, error.errors.map(local));
      showProblems(problem, error);
    } finally {
      button.disabled = false;
      busy.textContent = "";
    }
  });
  return el("details", { class: "step", open: ["urge", "rate"].includes(id) || pictures?.count() > 0 }, el("summary", {}, title), form);
}

function missing(form, entries, pictures) {
  const errors = [];
  const add = (field, detail) => errors.push({ field, detail });
  if (pictures && !entries.attachments) add("attachments", t("请先拍好或选好照片，再点提交。"));
  for (const [name, who] of [["petition_office", t("信访部门")], ["responsible_unit", t("办理单位")]]) {
    if (form.elements.namedItem(name) && !entries[name]) add(name, t("请给{who}选一个评价。", { who }));
  }
  if (form.elements.namedItem("phone_tail") && !isTailOrPhone(entries.phone_tail ?? "")) {
    add("phone_tail", t("请输入登记电话的后四位数字，比如 1234。"));
  }
  return errors;
}
