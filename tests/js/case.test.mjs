/* Scanning, deadlines, decisions, keys of requests, fields of what a citizen may do. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { withElements } from "./elements.mjs";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

beforeEach(() => openPage());

describe("keys in a burst", () => {
  const type = (burst, text, gap, from = 1000) => {
    [...text].forEach((one, place) => burst.add(one, from + place * gap));
    return burst.end(from + text.length * gap);
  };

  test("are a scanner's when they are fast and many", async () => {
    const { Burst } = await script("case/scan_keys.js");
    const text = "XF20260302-ABCD-EFGH-12";
    assert.equal(type(new Burst(), text, 15), text);
    assert.equal(type(new Burst(), text, 70), "", "a finger");
    assert.equal(type(new Burst(), "12345678901", 15), "", "too short");
  });

  test("begin again after a pause", async () => {
    const { Burst } = await script("case/scan_keys.js");
    const burst = new Burst();
    assert.equal(burst.add("9", 100), true);
    assert.equal(burst.add("9", 200), false);
    assert.equal(type(burst, "123456789012", 10, 800), "123456789012");
    assert.equal(burst.typed, "");
  });
});

describe("a scanner at the page", () => {
  const token = "aB3-_kLmNoPqRsTuVwXyZ0123456789C";
  const link = `http://192.0.2.7:8080/r#${token}`;
  const number = "XF20260302-ABCD-EFGH-12";

  /** A page that hears keys; `scan` types at a scanner's pace, `Enter` only where it is named. */
  const listening = async (context, target = {}) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { ScannerKeys } = await script("case/scan_keys.js");
    const heard = { found: [], missed: [], stopped: 0 };
    const keys = new ScannerKeys({ addEventListener() {} },
      { found: (one) => heard.found.push(one), missed: (one) => heard.missed.push(one) });
    let time = 1000;
    const press = (key, more = {}) => keys.key({ key, target, timeStamp: (time += 10),
      preventDefault: () => { heard.stopped += 1; }, stopImmediatePropagation() {}, ...more });
    const scan = (text) => [...text].forEach((key) => press(key));
    const wait = (ms) => { time += ms; context.mock.timers.tick(ms); };
    return { heard, press, scan, wait };
  };
  const field = (tag, value) => ({ value, matches: (wanted) => wanted.split(", ").includes(tag) });

  test("is taken with its Enter, and without one after a quiet moment", async (context) => {
    const { heard, press, scan, wait } = await listening(context);
    scan(link);
    press("Enter");
    assert.deepEqual([heard.found, heard.stopped], [[{ lookup_token: token }], 1]);
    wait(2000);
    scan(`]Q1${number}`);
    wait(600);
    assert.equal(heard.found.length, 1, "it may go on");
    wait(200);
    assert.deepEqual(heard.found[1], { case_number: number });
  });

  test("may pause within a code, or end it with Tab or a line feed", async (context) => {
    const { heard, press, scan, wait } = await listening(context);
    scan(link.slice(0, 30));
    wait(500);
    scan(link.slice(30));
    press("j", { ctrlKey: true });
    wait(2000);
    scan(number);
    press("Tab");
    assert.deepEqual(heard.found, [{ lookup_token: token }, { case_number: number }]);
    assert.deepEqual(heard.missed, []);
  });

  test("is read behind an input method, and with caps lock on", async (context) => {
    const { heard, press, scan } = await listening(context);
    const places = { ":": ["Semicolon", true], "/": ["Slash"], ".": ["Period"], "#": ["Digit3", true], "-": ["Minus"], "_": ["Minus", true] };
    for (const sign of link) {
      const [code, shiftKey] = places[sign] ?? (/\d/.test(sign) ? [`Digit${sign}`] : [`Key${sign.toUpperCase()}`, sign < "a"]);
      press("Process", { code, shiftKey: Boolean(shiftKey), isComposing: true });
    }
    press("Enter");
    scan(link.replace(/[a-z]/gi, (one) => (one < "a" ? one.toLowerCase() : one.toUpperCase())));
    press("Enter");
    assert.deepEqual(heard.found, [{ lookup_token: token }, { lookup_token: token }]);
  });

  test("is told of a code that is no receipt, and the field is as before", async (context) => {
    const typedInto = field("input", "XF");
    const { heard, press, scan, wait } = await listening(context, typedInto);
    for (const [text, word] of [["https://qr.alipay.example/fkx01234", "不是信访回执上的码"],
      [`http://192.0.2.7:8080/u#${token}`, "传照片的码"], ["http://192.0.2.7:8080/r#abc", "没读全"]]) {
      typedInto.value = "XF";
      scan(text[0]);
      typedInto.value = text;
      scan(text.slice(1));
      press("Enter");
      assert.ok(heard.missed.pop().includes(word), text);
      assert.equal(typedInto.value, "XF");
      wait(2000);
    }
    assert.deepEqual(heard.found, []);
  });

  test("is none where somebody writes an account or holds a key down", async (context) => {
    const { heard, press, scan, wait } = await listening(context, field("textarea", ""));
    scan("a long account typed by a very fast hand");
    wait(2000);
    for (let times = 0; times < 30; times += 1) press("a", { repeat: true });
    wait(2000);
    assert.deepEqual([heard.found, heard.missed], [[], []]);
  });
});

test("a deadline is given in days, and never by colour alone", async () => {
  const { remaining } = await script("case/due.js");
  const at = (due, state = "running") => remaining({ state, due_on: due }, new Date("2026-03-10T04:00:00Z"));
  assert.deepEqual(at("2026-03-20"), ["还有10天", "fine"]);
  assert.deepEqual(at("2026-03-13"), ["还有3天", "soon"]);
  assert.deepEqual(at("2026-03-10"), ["今天到期", "soon"]);
  assert.deepEqual(at("2026-03-08"), ["已超过2天", "late"]);
  assert.deepEqual(at("2026-03-01", "missed"), ["已办到，但是晚了", "late"]);
  assert.deepEqual(at("2026-03-01", "met"), ["已按时办到", ""]);
});

describe("the key of a request", () => {
  const keys = async () => {
    const { RequestKeys } = await script("core/request_keys.js");
    let made = 0;
    return new RequestKeys(() => `key ${made += 1}`);
  };
  const urge = (comment) => ({ lookup_token: "t", comment });

  test("stays for the same request and is another for a changed one, another case or action", async () => {
    const kept = await keys();
    assert.equal(kept.keyFor("urge", urge("a")), "key 1");
    assert.equal(kept.keyFor("urge", urge("a")), "key 1");
    assert.equal(kept.keyFor("urge", urge("b")), "key 2");
    assert.equal(kept.keyFor("rate", urge("b")), "key 3");
    assert.equal(kept.keyFor("urge", { lookup_token: "other", comment: "b" }), "key 4");
  });

  test("stays for a changed one while nobody knows what became of the first", async () => {
    const kept = await keys();
    kept.keyFor("urge", urge("a"));
    kept.failed("urge", urge("a"), { unsure: true });
    assert.equal(kept.keyFor("urge", urge("b")), "key 1");
    kept.failed("urge", urge("b"), { code: "idempotency_conflict" });
    assert.equal(kept.keyFor("urge", urge("b")), "key 2", "the first one was received");
  });

  test("is used up by an answer", async () => {
    const kept = await keys();
    kept.keyFor("urge", urge("a"));
    kept.done("urge", urge("a"));
    assert.equal(kept.keyFor("urge", urge("a")), "key 2");
  });
});

describe("the fields of an action", () => {
  test("four digits or a whole number prove the phone", async () => {
    const { isTailOrPhone } = await script("case/action_fields.js");
    for (const good of ["1234", "１２３４", "1234 ", "后四位是1234", "13912345678", "+86 139-1234-5678"]) assert.ok(isTailOrPhone(good), good);
    for (const bad of ["", "123", "12345", "12a4"]) assert.ok(!isTailOrPhone(bad), bad);
  });

  test("are sent by the API's names, empty ones not at all", async () => {
    const { entriesOf } = await script("case/action_fields.js");
    assert.deepEqual(entriesOf([["urge_comment", " 请快一点 "], ["review_reason", "  "], ["phone_tail", "1234"]]),
      { comment: "请快一点", phone_tail: "1234" });
  });

  test("are asked for only where the form has them", async () => {
    const { missing } = await script("case/action_fields.js");
    const fields = (errors) => errors.map((one) => one.field);
    assert.deepEqual(missing({}, () => false), []);
    assert.deepEqual(fields(missing({}, () => true, { pictures: true })),
      ["attachments", "petition_office", "responsible_unit", "phone_tail"]);
    assert.deepEqual(fields(missing({ petition_office: "satisfied", phone_tail: "1234" }, () => true)), ["responsible_unit"]);
  });
});

beforeEach(() => openPage());

test("counts are shown, marked when something is late, and the tab says that somebody calls", async () => {
  const { WaitingCounts } = await script("case/desk_waiting.js");
  const count = (name) => ({ dataset: { count: name }, classList: { toggle(_, on) { this.late = on; } }, textContent: "" });
  const callbacks = count("callbacks");
  const calls = count("hall_calls");
  const part = new WaitingCounts({ dataset: { called: "有人在叫" }, querySelectorAll: () => [callbacks, calls] });
  part.title = "我的待办";
  part.show({ callbacks: 3, overdue: 1, hall_calls: 2 });
  assert.deepEqual([callbacks.textContent, calls.textContent], ["3", "2"]);
  assert.deepEqual([callbacks.classList.late, calls.classList.late], [true, true]);
  assert.equal(globalThis.document.title, "有人在叫 · 我的待办");
  part.show({ callbacks: 3, overdue: 0, hall_calls: 0 });
  assert.deepEqual([callbacks.classList.late, calls.classList.late, globalThis.document.title], [false, false, "我的待办"]);
});

test("a danger that nobody has seen to shows by itself and comes before a call", async () => {
  const { WaitingCounts } = await script("case/desk_waiting.js");
  const dangers = { dataset: { count: "dangers" }, parentElement: { hidden: true }, textContent: "" };
  const part = new WaitingCounts({ dataset: { called: "有人在叫", endangered: "有险情" }, querySelectorAll: () => [dangers] });
  part.title = "我的待办";
  part.show({ dangers: 1, hall_calls: 1 });
  assert.deepEqual([dangers.textContent, dangers.parentElement.hidden], ["1", false]);
  assert.equal(globalThis.document.title, "有险情 · 我的待办");
  part.show({ dangers: 0, hall_calls: 1 });
  assert.deepEqual([dangers.parentElement.hidden, globalThis.document.title], [true, "有人在叫 · 我的待办"]);
});

describe("decisions", () => {
  beforeEach(() => withElements());

  const decision = (more) => ({ kind: "opinion", label: "处理意见书", at: "2026-03-02T10:00:00+08:00", outcome: "", outcome_label: "",
    text: {}, parts: [], article_label: "", standing: "notice", standing_label: "", in_force: false, by: null, asks: "", ...more });

  test("none make no section", async () => {
    const { decisionList } = await script("case/decisions.js");
    assert.equal(decisionList([]), null);
    assert.equal(decisionList(undefined), null, "an older server");
  });

  test("the one in force is first, then the newest", async () => {
    const { decisionList } = await script("case/decisions.js");
    const kinds = decisionList([decision({ kind: "acceptance" }), decision({ kind: "opinion", in_force: true }),
      decision({ kind: "supervision" })]).querySelectorAll(".decision").map((one) => one.getAttribute("data-kind"));
    assert.deepEqual(kinds, ["opinion", "supervision", "acceptance"]);
  });

  test("parts are in reading order, also those that are members of their own; dates are in words", async () => {
    const { decisionList } = await script("case/decisions.js");
    const shown = decisionList([decision({ reason: "属于民事纠纷", text: { remedy_by: "2026-09-02" }, parts: [
      { name: "reason", label: "理由", is_date: false }, { name: "remedy_by", label: "最晚哪一天提出", is_date: true },
    ] })]).textContent;
    assert.match(shown, /理由属于民事纠纷最晚哪一天提出2026年9月2日/);
  });

  test("until when one may disagree is said while the decision holds", async () => {
    const { decisionList } = await script("case/decisions.js");
    const said = (more) => decisionList([decision(more)]).textContent;
    assert.match(said({ asks: "review" }), /收到书面意见书起30日内可以申请复查/);
    assert.match(said({ asks: "review", last_day: "2026-04-01" }), /最晚2026年4月1日申请复查/);
    assert.match(said({ asks: "reexamination", last_day: "2026-04-01", standing: "upholds" }), /4月1日申请复核/);
    assert.match(said({ asks: "remedy", last_day: "2026-09-02" }), /最晚2026年9月2日提出/);
    const by = { clock: "execution", label: "执行到位", day: "2026-05-01" };
    assert.doesNotMatch(said({ asks: "review", standing: "replaced", by }), /申请|执行到位/);
  });
});

describe("how the petitioner is told at home", () => {
  beforeEach(() => withElements());

  const shown = async (more, options = {}) => {
    const { Notices } = await script("case/notices.js");
    const given = { ways: ["wechat", "sms"], way_labels: ["微信", "短信"], only_owed: false, sent: [], ...more };
    return Notices.make(given, { token: "x".repeat(32), done() {}, ...options }).root;
  };

  test("names the ways and lists only what went out", async () => {
    const sent = [{ at: "2026-06-03T10:00:00+08:00", channel: "sms", label: "已发短信", about: "late", about_label: "有一步超期了" }];
    assert.match((await shown({ sent })).textContent, /会发微信、短信告诉您.*2026年6月3日 10:00 已发短信：有一步超期了/);
    assert.doesNotMatch((await shown({})).textContent, /已发/);
  });

  test("says so where there is no way, and offers no choice", async () => {
    const root = await shown({ ways: [], way_labels: [] });
    assert.match(root.textContent, /没有能通知您的办法/);
    assert.equal(root.querySelectorAll("button").length, 0);
  });

  test("the choice needs the receipt's code", async () => {
    assert.equal((await shown({}, { token: "" })).querySelectorAll("button").length, 0);
    assert.deepEqual((await shown({})).querySelectorAll("button").map((one) => one.textContent), ["只收依法必须告知的"]);
    const owed = await shown({ only_owed: true });
    assert.deepEqual(owed.querySelectorAll("button").map((one) => one.textContent), ["有进展都告诉我"]);
    assert.match(owed.textContent, /您选了只收依法必须告知的/);
  });
});
