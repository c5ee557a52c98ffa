/* The talk's box, the card of the record, the search in the contents, the proposal of a window. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { tap, withElements } from "./elements.mjs";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

const FACTS = {
  limits: {},
  fields: [
    { asked_as: "phone", keys: "phone", chat_label: "您的电话", masked: true },
    { asked_as: "id_number", keys: "id", chat_label: "身份证号", masked: true },
    { asked_as: "request", chat_label: "您希望怎么解决", rows: 3 },
  ],
};

beforeEach(() => openPage({ data: { facts: FACTS } }));

describe("what the assistant said last", () => {
  test("is its question, large, with what stands around it", async () => {
    const { lastWords } = await script("guide/last_words.js");
    assert.deepEqual(lastWords("好的，记下了。请问您怎么称呼？不想说也没关系。"),
      { before: "好的，记下了。", large: "请问您怎么称呼？", after: "不想说也没关系。" });
    assert.equal(lastWords("您好。遇到什么事，慢慢说就行。您点了头才会提交。").large, "遇到什么事，慢慢说就行。");
    assert.equal(lastWords("Hello. Take your time and tell it. Nothing is sent.").large, "Take your time and tell it.");
    assert.equal(lastWords("记下了。").large, "记下了。");
    assert.equal(lastWords(`${"手册里的一段话很长很长。".repeat(30)}还要问什么？`).before, "");
    assert.deepEqual(lastWords(""), { before: "", large: "", after: "" });
  });

  test("ends before what the receipt under it says", async () => {
    const { toSay } = await script("guide/chat_log.js");
    const filed = { case_number: "XF20260302-AAAA-BBBB-12", lookup_token: "t" };
    const text = "已经登记好了。\n信访件编号：XF20260302-AAAA-BBBB-12\n请收好这个编号。";
    assert.equal(toSay({ text, case: filed }), "已经登记好了。");
    assert.equal(toSay({ text }), text);
    assert.equal(toSay({ text: "编号是XF20260302-AAAA-BBBB-12。", case: filed }), "编号是XF20260302-AAAA-BBBB-12。");
  });
});

describe("the talk's box", () => {
  test("is set up for what is asked", async () => {
    const { boxFor } = await script("guide/asked.js");
    assert.deepEqual(boxFor("phone"),
      { inputMode: "tel", autocapitalize: "sentences", rows: 2, label: "您的电话", secret: true });
    assert.deepEqual(boxFor("case_number"),
      { inputMode: "text", autocapitalize: "characters", rows: 2, label: "信访件编号", secret: false });
    assert.equal(boxFor("request").rows, 4);
    assert.deepEqual([boxFor("phone_tail").inputMode, boxFor(null).label], ["tel", "您想说的话"]);
  });

  test("shows a number by its last four", async () => {
    const { shownText } = await script("guide/asked.js");
    assert.equal(shownText("11010519491231002X", true), "**************002X");
    assert.equal(shownText("我的电话是13912345678", false), "我的电话是13912345678");
  });
});

describe("the card of the record", () => {
  const row = (field, label, text, more = {}) => ({ number: 1, field, label, text, whole: "", change: `改${label}`, ...more });
  const cardOf = (...rows) => ({ title: "请核对一遍：", rows, closing: "都对吗？" });
  const PHONE_ROW = row("phone", "电话", "*******5678");
  const REQUEST_ROW = row("request", "诉求", "补种一棵");

  async function shown(card, { choose = () => {}, before = null } = {}) {
    withElements();
    const { RecordCard } = await script("guide/record_card.js");
    return RecordCard.make(card, choose, before);
  }

  const texts = (part, selector) => part.root.querySelectorAll(selector).map((one) => one.textContent);

  test("says title and rows in their order, with a name for those who hear it", async () => {
    const part = await shown(cardOf(REQUEST_ROW, PHONE_ROW));
    assert.equal(part.root.getAttribute("aria-label"), "请核对一遍");
    assert.deepEqual(texts(part, "dt"), ["诉求", "电话"]);
    assert.deepEqual(texts(part, ".value"), ["补种一棵", "*******5678"]);
    assert.equal(part.root.textContent, "请核对一遍：诉求补种一棵改电话*******5678改");
  });

  test("has a button on each row that sends what the row's number sends", async () => {
    const sent = [];
    const part = await shown(cardOf(REQUEST_ROW, PHONE_ROW), { choose: (...words) => sent.push(words) });
    const buttons = part.root.querySelectorAll("button");
    assert.deepEqual(buttons.map((one) => one.getAttribute("aria-label")), ["更改诉求", "更改电话"]);
    buttons.forEach(tap);
    assert.deepEqual(sent, [["改诉求", "更改诉求"], ["改电话", "更改电话"]]);
  });

  test("offers no change where there is none, and none once the record has moved on", async () => {
    const fixed = row("confidential", "保密", "请为我保密", { number: 0, change: "" });
    const part = await shown(cardOf(PHONE_ROW, fixed));
    assert.equal(part.root.querySelectorAll("button").length, 1);
    part.settle();
    assert.equal(part.root.querySelectorAll("button").length, 0);
    assert.deepEqual(texts(part, ".value"), ["*******5678", "请为我保密"], "still to be read while the change is typed");
  });

  test("marks what differs from the card before it, and nothing on a first card", async () => {
    const before = cardOf(REQUEST_ROW, PHONE_ROW);
    const changed = row("phone", "电话", "*******2222");
    const marked = async (card, old) => (await shown(card, { before: old })).root.querySelectorAll("dt")
      .filter((one) => one.querySelectorAll(".new").length).map((one) => one.textContent);
    assert.deepEqual(await marked(cardOf(REQUEST_ROW, changed), before), ["电话刚改的"]);
    assert.deepEqual(await marked(cardOf(REQUEST_ROW, PHONE_ROW), before), []);
    assert.deepEqual(await marked(cardOf(REQUEST_ROW, changed), null), []);
    assert.deepEqual(await marked(cardOf(REQUEST_ROW, PHONE_ROW, row("place", "地点", "村口")), before), [], "told, not changed");
  });

  test("marks an account by its whole text, of which the beginning is shown", async () => {
    const account = (whole) => row("facts", "事实经过", "开头……（一共300个字）", { whole });
    const part = await shown(cardOf(account("开头，后来又加了")), { before: cardOf(account("开头")) });
    assert.deepEqual(texts(part, ".new"), ["刚改的"]);
    assert.deepEqual(texts(part, "details"), ["看全文开头，后来又加了"]);
    assert.deepEqual(texts(part, "span"), ["刚改的", "开头……"]);
  });

  test("holds words as words, whatever they look like", async () => {
    const part = await shown(cardOf(row("place", "地点", "<img src=x onerror=alert(1)>")));
    assert.deepEqual(texts(part, ".value"), ["<img src=x onerror=alert(1)>"]);
    assert.equal(part.root.querySelectorAll("img").length, 0);
  });

  test("gives way to a newer one: no old value stays on the screen", async () => {
    const part = await shown(cardOf(PHONE_ROW));
    part.fold();
    assert.equal(part.root.textContent, "请看下面新的一份。");
  });
});

describe("what can be chosen", () => {
  test("keeps the consent with the button that gives it, apart from the others", async () => {
    withElements();
    const { ChatLog } = await script("guide/chat_log.js");
    const sent = [];
    const log = new ChatLog(null, (...words) => sent.push(words), () => {});
    const options = [{ value: "确认提交", label: "确认提交" }, { value: "先存着", label: "先存着" }];
    const [confirm, others] = log.offers({ options, card: { closing: "都对吗？" } });
    assert.deepEqual([confirm.textContent, others.textContent], ["都对吗？确认提交", "先存着"]);
    confirm.querySelectorAll("button").forEach(tap);
    assert.deepEqual(sent, [["确认提交", "确认提交"]]);
    assert.deepEqual(log.offers({ options }).map((one) => one.textContent), ["确认提交先存着"]);
    assert.deepEqual(log.offers({}), []);
  });
});

describe("a link of the assistant's", () => {
  async function shown(link, toForm = () => {}) {
    withElements();
    const { ChatLog } = await script("guide/chat_log.js");
    return new ChatLog(null, () => {}, toForm).link(link);
  }

  test("rings the office, on phones only", async () => {
    const link = await shown({ href: "tel:01065550199", label: "打咨询电话：010-6555 0199" });
    assert.deepEqual([link.tag, link.getAttribute("href"), link.textContent], ["a", "tel:01065550199", "打咨询电话：010-6555 0199"]);
    assert.match(link.getAttribute("class"), /\bon-phone\b/);
  });

  test("takes what was told to the form, or leads to a person", async () => {
    let gone = 0;
    tap(await shown({ href: "/form", label: "" }, () => { gone += 1; }));
    assert.equal(gone, 1);
    const opened = [];
    globalThis.document.getElementById = (id) => ({ click: () => opened.push(id) });
    tap(await shown({ href: "#staff", label: "" }));
    assert.deepEqual(opened, ["staff"]);
  });

  test("that the page does not know is left out", async () => {
    for (const href of ["https://example.org/", "javascript:alert(1)", "/desk"]) assert.equal(await shown({ href, label: "x" }), undefined, href);
  });
});

describe("the search in the contents", () => {
  test("goes by pairs of characters, whatever the width and the marks", async () => {
    const { pairs } = await script("guide/contents.js");
    assert.deepEqual(pairs("多久，能办好？"), ["多久", "久能", "能办", "办好"]);
    assert.deepEqual(pairs("ＡＢ"), ["ab"]);
    assert.deepEqual(pairs("办"), ["办"]);
    assert.deepEqual(pairs(" ，"), []);
  });

  test("keeps a section that holds half of them", async () => {
    const { holds, pairs } = await script("guide/contents.js");
    assert.ok(holds("多久能办好，有期限", pairs("多久能办好")));
    assert.ok(holds("办好了怎么查", pairs("能办好")), "one of two");
    assert.ok(!holds("办好了怎么查", pairs("多久办好")), "one of three");
    assert.ok(holds("谁可以信访", pairs("")));
    assert.ok(!holds("谁可以信访", pairs("复查")));
  });
});

describe("whether a window is open", () => {
  const coming = [[60, "closed", "care", "现在没开"], [120, "open", "good", "现在开着"], [86400, "", "", ""]];

  test("changes at its time and at no other", async () => {
    const { stepAt } = await script("guide/opening.js");
    assert.equal(stepAt(coming, 59), null);
    assert.equal(stepAt(coming, 60)[1], "closed");
    assert.equal(stepAt(coming, 5000)[1], "open");
    assert.equal(stepAt(coming, 90000)[3], "");
  });
});
