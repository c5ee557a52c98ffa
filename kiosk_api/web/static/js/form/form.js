/* The petition form: one question a page, check once more, send once. Nothing typed is ever cleared
   by an error. One Idempotency-Key for the form's whole life: a retry never registers twice. */

import { get, newKey, post } from "../core/api.js";
import { mountAttachments, stopCamera, wipe as wipePictures } from "../photos/attach.js";
import { allThere } from "../photos/attach_wait.js";
import { byId, el, markFields, onSubmit, showProblems } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { answers, lightCheck, petitionBody, putIn, useAttachments } from "./form_body.js";
import { t } from "../core/i18n.js";
import { askBeforeLeaving } from "../visit/confirm_leave.js";
import { addPerson, dropEmptyRows } from "./people.js";
import { receiptCard } from "../case/receipt.js";
import { ask, begin, close, fieldsOf, go, goBack, goOn, here, sectionOf } from "./steps.js";
import { submitWithRetry } from "../visit/resend.js";
import { proposal } from "../guide/windows.js";
import { onWipe } from "../core/forget.js";

const form = byId("petition-form");
const summary = byId("summary");
const busy = byId("busy");
const key = newKey();
const pictures = mountAttachments(byId("attachments"));
useAttachments(pictures);
const doubtful = []; // bodies that may have been registered though their answers were lost
const handedOver = JSON.parse(byId("handed-over")?.textContent ?? "{}");
let pending = []; // errors found at the check page that still wait in their steps
let changing = false; // 修改 was pressed: the next step is the check page again

const stepOf = (path) => {
  const id = path.replaceAll(".", "-");
  const node = byId(`f-${id}`) ?? byId(`error-${id}`);
  if (node) return node.closest(".question")?.dataset.step ?? null;
  if (path.startsWith("representatives")) return "people";
  if (path.startsWith("petitioner")) return "name";
  return path.startsWith("attachments") ? "attachments" : null;
};
const place = (path) => {
  const id = `f-${path.replaceAll(".", "-")}`;
  if (byId(id)) return id;
  if (path === "attachments") return path;
  return path.startsWith("representatives") ? "people" : null;
};
const inStep = (errors, name) => errors.filter((one) => stepOf(one.field) === name);

/** Errors beside their fields and in the summary, whose links lead to the step of each. */
function complain(error) {
  markFields(form, error.errors);
  const elsewhere = error.errors.filter((one) => stepOf(one.field) !== here());
  const first = elsewhere.length === error.errors.length ? elsewhere[0] : null;
  pending = elsewhere;
  if (first && stepOf(first.field)) change(stepOf(first.field));
  if (error.errors.some((one) => one.field === "assisted_by_code")) byId("assist").open = true;
  showProblems(summary, error, place);
}

function change(name) {
  changing = name !== "check";
  go(name);
}

function onShow(section) {
  summary.hidden = true;
  const optional = "optional" in section.dataset;
  const checking = section.dataset.step === "check";
  if (section.dataset.step !== "attachments") stopCamera();
  byId("form-title").textContent = checking ? t("核对一遍") : t("自己填表");
  byId("skip").hidden = !(optional && isEmpty(section));
  byId("next").textContent = changing ? t("改好了，回去核对") : t("下一步");
  if (checking) check();
}

const isEmpty = (section) => fieldsOf(section).every((one) => (one.matches("[type=checkbox]")
  ? !one.checked : !one.value.trim()));

function check() {
  changing = false;
  byId("answers").replaceChildren(...answers(form, change));
  propose();
  if (pending.length) {
    markFields(form, pending);
    showProblems(summary, { detail: t("还有{count}处要您改一下。", { count: pending.length }), errors: pending }, place);
  }
}

async function forward() {
  const name = here();
  if (name === "attachments" && (!(await allThere(pictures, byId("waiting"))) || here() !== name)) return;
  if (name === "people") dropEmptyRows();
  const errors = inStep(lightCheck(form), name);
  markFields(form, [...errors, ...pending.filter((one) => stepOf(one.field) !== name)]);
  if (errors.length) {
    const detail = errors.length === 1 ? errors[0].detail
      : t("有{count}处要您改一下，其他内容都还在。", { count: errors.length });
    showProblems(summary, { detail, errors }, place);
    return;
  }
  pending = pending.filter((one) => stepOf(one.field) !== name);
  if (changing && !(name === "who" && forOther() && !form.elements.namedItem("proxy.name").value)) {
    goBack(); // the check page is right behind
  } else {
    changing = false;
    goOn();
  }
}

const forOther = () => form.elements.namedItem("who").value === "other";

function whoChanged() {
  const other = forOther();
  ask("proxy", other);
  ask("consent_how", other);
  for (const one of form.querySelectorAll("[data-other]")) {
    one.textContent = other ? one.dataset.other : one.dataset.self;
  }
}

async function propose() {
  const box = byId("proposal");
  box.replaceChildren(el("p", { class: "busy" }, t("正在看该去哪个窗口……")));
  const body = petitionBody(form);
  try {
    const text = [body.request, body.facts, body.reasons].filter(Boolean).join("\n");
    box.replaceChildren(...proposal(await post("/route", { text: text.slice(0, facts().limits.text) })));
  } catch {
    box.replaceChildren(el("p", {}, t("提交以后会告诉您该去哪个窗口。")));
  }
}

async function listWindows() {
  try {
    const { windows } = await get("/windows");
    const choice = byId("f-window_choice");
    choice.append(...windows.filter((one) => one.kind === "window")
      .map((one) => el("option", { value: one.key }, one.label)));
    choice.value ||= handedOver.window_choice ?? ""; // there was nothing to choose from before
  } catch {
    /* the proposal alone is enough */
  }
}

async function submit() {
  const button = byId("submit");
  button.disabled = true;
  const there = await allThere(pictures, byId("waiting"));
  button.disabled = false;
  if (!there) {
    change("attachments"); // why one was not kept stands there
    return;
  }
  const body = petitionBody(form);
  const errors = lightCheck(form);
  if (!body.consent) {
    errors.push({ field: "consent", detail: t("请先在“我确认以上内容属实，同意提交”前面打勾。") });
  }
  if (errors.length) {
    const detail = errors.length === 1 ? errors[0].detail
      : t("有{count}处要您改一下，其他内容都还在。", { count: errors.length });
    complain({ detail, errors });
    return;
  }
  button.disabled = true;
  summary.hidden = true;
  markFields(form, []);
  pending = [];
  busy.textContent = t("正在提交，请不要走开……");
  try {
    await register(body);
  } catch (error) {
    if (error.unsure) doubtful.push(body);
    if (error.errors?.some((one) => one.code === "attachments_expired")) pictures.forget();
    complain(error);
  } finally {
    button.disabled = false;
    busy.textContent = "";
  }
}

/** The one place where a petition is sent. */
const send = (body) => submitWithRetry("/petitions", body, key);

/** A changed text after a lost answer: the first one was registered, so show that one. */
async function register(body) {
  const conflict = (error) => error.code === "idempotency_conflict" && doubtful.length > 0;
  try {
    done(await send(body));
    return;
  } catch (error) {
    if (!conflict(error)) throw error;
  }
  for (const [place, one] of doubtful.entries()) {
    try {
      done(await send(one), t("您上一次提交其实已经登记好了。后来改的内容没有算进去，要补充请告诉窗口工作人员。"));
      return;
    } catch (error) {
      if (!conflict(error) || place === doubtful.length - 1) throw error;
    }
  }
}

function done(answer, notice) {
  wipePictures(); // they are with the case now
  form.reset();
  byId("filling").remove();
  byId("handed-over")?.remove();
  const box = byId("done");
  box.replaceChildren(
    el("h1", { id: "done-title", tabindex: "-1" }, t("已经登记好了")),
    notice ? el("p", { class: "notice warn", role: "alert" }, notice) : "",
    answer.route.emergency ? el("p", { class: "notice bad", role: "alert" },
      t("如果现在有危险，请先拨110；有人受伤生病拨120。")) : "",
    el("p", { class: "lead" }, t("请收好下面的编号和二维码，查进度要用。")),
    receiptCard(answer));
  box.hidden = false;
  byId("done-title").focus();
  scrollTo(0, 0);
  close();
}

function count(event) {
  const most = Number(event.target.dataset.most);
  if (!most) return;
  const used = event.target.value.length;
  let note = event.target.parentElement.querySelector(".count");
  if (used < most * 0.8) {
    note?.remove();
    return;
  }
  if (!note) event.target.after(note = el("p", { class: "count", role: "status" }));
  note.textContent = used > most ? t("多了{more}个字，请先写要紧的", { more: used - most })
    : t("还能写{more}个字", { more: most - used });
}

onSubmit(form, () => {
  if (here() !== "check") forward();
});
form.addEventListener("input", (event) => {
  count(event);
  if (event.target.name === "who") whoChanged();
  const section = event.target.closest(".question");
  byId("skip").hidden = !("optional" in section.dataset && isEmpty(section));
});
summary.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault(); // a fragment would stand in the address and in the history
  const target = byId(link.getAttribute("href").slice(1));
  const name = target.closest(".question").dataset.step;
  if (name !== here()) change(name);
  target.focus();
});
byId("submit").addEventListener("click", submit);
byId("skip").addEventListener("click", forward);
byId("back").addEventListener("click", goBack);
byId("add-representative").addEventListener("click", () => {
  addPerson();
  byId("skip").hidden = true;
});
document.addEventListener("draft", (event) => {
  if (!form.isConnected) return; // the receipt stands here: there is nothing to carry over
  const { attachments, ...draft } = petitionBody(form); // photos end with this visit
  event.detail.draft = draft;
});

/** Whether leaving would throw something away; after the registration nothing is left. */
const typed = () => form.isConnected && (pictures.count() > 0 || pictures.busy()
  || [...form.elements].some((one) => (one.matches("[type=checkbox], [type=radio]")
    ? one.checked !== one.defaultChecked : one.matches("input, textarea, select") && one.value.trim())));
askBeforeLeaving(typed);

// What was handed over to an officer.
putIn(form, handedOver);
if (byId("f-assisted_by_code").value) byId("assist").open = true;
begin(onShow);
whoChanged();
listWindows();
onWipe(() => {
  doubtful.length = 0;
  pending = [];
  wipePictures();
  form.reset();
});
