/* The petition form: fill in, check once more, send once. Nothing typed is ever cleared by an
   error. One Idempotency-Key for the form's whole life, so that a retry never registers twice. */

import { get, newKey, post } from "./api.js";
import { byId, el, markFields, showProblems } from "./dom.js";
import { answers, lightCheck, petitionBody } from "./form_body.js";
import { addPerson, dropEmptyRows } from "./people.js";
import { receiptCard } from "./receipt.js";
import { submitWithRetry } from "./resend.js";
import { proposal } from "./windows.js";
import { onWipe } from "./wiping.js";

const form = byId("petition-form");
const summary = byId("summary");
const busy = byId("busy");
const key = newKey();
let doubtful = null; // a body that may have been registered though its answer was lost

const place = (path) => {
  const id = path.replaceAll(".", "-");
  if (byId(`f-${id}`)) return `f-${id}`;
  return path.startsWith("representatives") ? "people" : null;
};

function show(step) {
  byId("step-fill").hidden = step !== "fill";
  byId("step-check").hidden = step !== "check";
  byId("form-title").textContent = step === "fill" ? "自己填表" : "核对一遍";
}

function complain(error) {
  markFields(form, error.errors);
  const onCheckStep = error.errors.every((one) => ["consent", "window_choice"].includes(one.field));
  if (error.errors.length && !onCheckStep) show("fill");
  showProblems(summary, error, place);
}

function toCheck() {
  dropEmptyRows();
  const errors = lightCheck(form);
  markFields(form, errors);
  if (errors.length) {
    complain({ detail: `有${errors.length}处要您改一下，其他内容都还在。`, errors });
    return;
  }
  summary.hidden = true;
  byId("answers").replaceChildren(...answers(form));
  show("check");
  byId("form-title").focus();
  scrollTo(0, 0);
  propose();
}

async function propose() {
  const box = byId("proposal");
  box.replaceChildren(el("p", { class: "busy" }, "正在看该去哪个窗口……"));
  const body = petitionBody(form);
  try {
    const text = [body.request, body.facts, body.reasons].filter(Boolean).join("\n");
    box.replaceChildren(...proposal(await post("/route", { text: text.slice(0, 20000) })));
  } catch {
    box.replaceChildren(el("p", {}, "提交以后会告诉您该去哪个窗口。"));
  }
}

async function listWindows() {
  try {
    const { windows } = await get("/windows");
    byId("f-window_choice").append(...windows.filter((one) => one.kind === "window")
      .map((one) => el("option", { value: one.key }, one.label)));
  } catch {
    /* the proposal alone is enough */
  }
}

async function submit() {
  const body = petitionBody(form);
  if (!body.consent) {
    const detail = "请先在“我确认以上内容属实，同意提交”前面打勾。";
    complain({ detail, errors: [{ field: "consent", detail }] });
    return;
  }
  const button = byId("submit");
  button.disabled = true;
  summary.hidden = true;
  markFields(form, []);
  busy.textContent = "正在提交，请不要走开……";
  try {
    await register(body);
  } catch (error) {
    if (error.unsure) doubtful = body;
    complain(error);
  } finally {
    button.disabled = false;
    busy.textContent = "";
  }
}

/** A changed text after a lost answer: the first one was registered, so show that one. */
async function register(body) {
  try {
    done(await submitWithRetry("/petitions", body, key));
  } catch (error) {
    if (error.code !== "idempotency_conflict" || !doubtful) throw error;
    done(await submitWithRetry("/petitions", doubtful, key),
      "您上一次提交其实已经登记好了。后来改的内容没有算进去，要补充请告诉窗口工作人员。");
  }
}

function done(answer, notice) {
  form.reset();
  byId("filling").remove();
  const box = byId("done");
  box.replaceChildren(
    el("h1", { id: "done-title", tabindex: "-1" }, "已经登记好了"),
    notice ? el("p", { class: "notice warn", role: "alert" }, notice) : "",
    answer.route.emergency ? el("p", { class: "notice bad", role: "alert" },
      "如果现在有危险，请先拨110；有人受伤生病拨120。") : "",
    el("p", { class: "lead" }, "请收好下面的编号和二维码，查进度要用。"),
    receiptCard(answer));
  box.hidden = false;
  byId("done-title").focus();
  scrollTo(0, 0);
}

function count(event) {
  const most = Number(event.target.dataset.most);
  if (!most) return;
  const used = event.target.value.length;
  let note = event.target.nextElementSibling;
  if (used < most * 0.8) {
    note?.remove();
    return;
  }
  if (!note) event.target.after(note = el("p", { class: "count", role: "status" }));
  note.textContent = used > most ? `多了${used - most}个字，请先写要紧的` : `还能写${most - used}个字`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (byId("step-check").hidden) toCheck();
});
form.addEventListener("input", count);
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
});
byId("submit").addEventListener("click", submit);
byId("back").addEventListener("click", () => {
  summary.hidden = true;
  show("fill");
  byId("form-title").focus();
  scrollTo(0, 0);
});
byId("add-representative").addEventListener("click", () => addPerson());
listWindows();
onWipe(() => {
  doubtful = null;
  form.reset();
});
