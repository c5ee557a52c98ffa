/* The conversation. The conversation's id lives in this module only; what was typed stays in the
   box until the system has answered it. */

import { get, newKey, post } from "../core/api.js";
import { byId, el, keepFocus, onSubmit } from "../core/dom.js";
import { facts } from "../core/facts.js";
import { t } from "../core/i18n.js";
import { askBeforeLeaving } from "../visit/confirm_leave.js";
import { watchWords } from "../core/mask_input.js";
import { answers } from "../visit/outage.js";
import { receiptCard } from "../case/receipt.js";
import { onWipe } from "../core/forget.js";

const FIELDS = new Map(facts().fields.map((one) => [one.asked_as, one]));
const LABEL = {
  confirm: t("对不对，或者要改哪里"), case_number: t("信访件编号"), phone_tail: t("电话后四位"),
};
const AWAY = t("小助手现在没法回话。您写的话还在下面的框里，可以再试一次，也可以改用填表，马上就能提交。");

const log = byId("log");
const say = byId("say");
const send = byId("send");
const busy = byId("busy");
let sessionId = null;
let expects = null;
let sending = false;
const watch = el("p", { id: "watch", class: "hint", role: "status" });
say.parentElement.before(watch); // beside the field it would take the field's place in the row

function bubble(kind, ...children) {
  const node = el("div", { class: `bubble ${kind}`, tabindex: "-1" }, children);
  log.append(node);
  return node;
}

/** What the citizen said, with phone and ID down to the last four for people looking on. */
function shownText(text) {
  if (!FIELDS.get(expects)?.masked) return text;
  return text.replace(/\d(?=[\dXx]{4})/g, "*");
}

async function speak(text, shown = shownText(text)) {
  if (sending || !text.trim()) return;
  sending = true;
  send.disabled = true;
  byId("trouble").hidden = true;
  const mine = bubble("said waiting", shown);
  mine.scrollIntoView({ block: "nearest" });
  busy.textContent = t("正在听您说……");
  try {
    // Made here, so that a conversation can be ended before its first answer has come.
    sessionId ??= newKey();
    const answer = await post("/chat", { session_id: sessionId, text });
    if (answer.degraded) throw Object.assign(new Error(), { detail: AWAY });
    sessionId = answer.session_id;
    mine.classList.remove("waiting");
    settle();
    if (say.value.trim() === text.trim()) say.value = "";
    expect(answer.expects ?? null);
    show(answer.replies);
  } catch (error) {
    mine.remove();
    if (!say.value.trim()) say.value = text;
    trouble(error);
  } finally {
    sending = false;
    send.disabled = false;
    busy.textContent = "";
  }
}

/** Buttons of earlier questions are done with. */
function settle() {
  byId("starters").hidden = true;
  for (const group of log.querySelectorAll(".options")) group.remove();
}

function show(replies) {
  let first = null;
  for (const one of replies) {
    const node = bubble("reply theirs", el("span", { lang: "zh-CN" }, one.text), citations(one.citations));
    first ??= node;
    if (one.case?.lookup_token) {
      const card = bubble("card-holder", receiptCard(one.case));
      first = card;
    }
    if (one.options?.length) log.append(options(one.options));
  }
  if (!replies.length) first = bubble("reply theirs", t("我没听明白，请您换个说法再说一遍。"));
  first.scrollIntoView({ block: "start", behavior: "instant" });
  keepFocus(first); // the button that was pressed is gone
}

function options(list) {
  return el("div", { class: "options", role: "group", "aria-label": t("可以直接选") },
    list.map((one) => el("button", {
      type: "button", class: "option", click: () => speak(one.value, one.label),
    }, one.label)));
}

function citations(list = []) {
  if (!list.length) return null;
  return el("ul", { class: "citations", "aria-label": t("依据") }, list.map((one) => {
    const words = [one.title && `《${one.title}》`, one.section, one.article].filter(Boolean).join(" ");
    const slug = /^\/handbook\/([\w-]+)$/.exec(one.url ?? "")?.[1];
    return el("li", {}, slug ? el("button", {
      type: "button", class: "cite", click: (event) => unfold(event.currentTarget, slug),
    }, words) : words);
  }));
}

/** The cited section under its title: a second window would leave this talk open behind it. */
async function unfold(button, slug) {
  const open = button.nextElementSibling;
  if (open) {
    open.remove();
    return;
  }
  const note = el("p", { class: "short", role: "status" }, t("正在翻手册……"));
  button.after(note);
  try {
    note.textContent = (await get(`/handbook/${slug}`)).short_answer;
  } catch (error) {
    note.textContent = error.detail;
  }
}

/** The right keyboard and label for what is being asked. */
function expect(name) {
  const field = FIELDS.get(name);
  expects = name;
  say.inputMode = field?.keys === "phone" || name === "phone_tail" ? "tel" : "text";
  say.autocapitalize = name === "case_number" ? "characters" : "sentences";
  say.rows = field?.rows > 1 ? 4 : 2;
  byId("say-label").textContent = (field?.chat_label && t(field.chat_label)) || LABEL[name] || t("您想说的话");
  watch.textContent = field?.masked ? watchWords() : "";
}

function trouble(error) {
  byId("trouble-text").textContent = error.detail ?? AWAY;
  byId("retry").hidden = error.code === "invalid_request" && !say.value.trim();
  byId("trouble").hidden = false;
  byId("trouble").scrollIntoView({ block: "nearest" });
  keepFocus(byId(byId("retry").hidden ? "to-form" : "retry"));
  if (error.errors?.some((one) => one.field === "session_id")) sessionId = null;
}

onSubmit(byId("composer"), () => {
  if (!say.value.trim()) {
    busy.textContent = t("请先写几个字，再按发送。");
    say.focus();
    return;
  }
  speak(say.value);
});
say.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("composer").requestSubmit();
  }
});
byId("retry").addEventListener("click", () => speak(say.value));
// The form gets the unsent text by POST: it stands in no address and no storage. While nobody
// answers the text stays here, where it can still be read.
byId("to-form").addEventListener("click", async (event) => {
  event.preventDefault();
  if (!(await answers())) {
    trouble({ detail: AWAY });
    return;
  }
  const form = el("form", { method: "post", action: "/form", hidden: true }, el("textarea", { name: "facts" }));
  form.elements.facts.value = say.value;
  document.body.append(form);
  form.submit();
});
askBeforeLeaving(() => Boolean(sessionId || say.value.trim()), (address) => {
  if (new URL(address).pathname === "/form" && say.value.trim()) byId("to-form").click();
  else location.assign(address);
});
// The server forgets the conversation, except for what its owner asked it to keep.
onWipe(() => {
  if (sessionId) {
    const body = new Blob([JSON.stringify({ session_id: sessionId })], { type: "application/json" });
    navigator.sendBeacon("/api/v1/chat/end", body);
  }
  sessionId = null;
  expects = null;
  log.replaceChildren();
});
for (const one of document.querySelectorAll(".starter")) {
  one.addEventListener("click", () => speak(one.dataset.say, one.textContent));
}
