/* Texts, dates, masks, calls to the API, forgetting. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage, serve } from "./page.mjs";
import { script } from "./scripts.mjs";

let copies = 0;
/** A copy of the module that has read no words yet. */
const fresh = (name) => {
  copies += 1;
  return script(`${name}?${copies}`);
};

beforeEach(() => openPage());

describe("texts", () => {
  const english = (words) => {
    openPage({ lang: "en", data: { words } });
    return fresh("core/i18n.js");
  };

  test("a sentence without a translation stays, its names filled in", async () => {
    const { t } = await fresh("core/i18n.js");
    assert.equal(t("还有{days}天", { days: 3 }), "还有3天");
    assert.equal(t("还有{days}天", {}), "还有{days}天");
  });

  test("an English page has its own words", async () => {
    const { t } = await english({ "还有{days}天": "{days} {days:day|days} left" });
    assert.equal(t("还有{days}天", { days: 3 }), "3 days left");
    assert.equal(t("还有{days}天", { days: 1 }), "1 day left");
  });

  test("a sentence of the server with numbers is found by their places", async () => {
    const { t } = await english({ "请过{1}分钟再试，最多{2}次。": "Try again in {1} {1:minute|minutes}, {2} {2:time|times} at most." });
    assert.equal(t("请过10分钟再试，最多3次。"), "Try again in 10 minutes, 3 times at most.");
    assert.equal(t("请过1分钟再试，最多3次。"), "Try again in 1 minute, 3 times at most.");
    assert.equal(t("请过10秒再试。"), "请过10秒再试。");
  });

  test("a sentence with numbers that is listed as it is needs no places", async () => {
    const { t } = await english({ "请拨110": "Call 110" });
    assert.equal(t("请拨110"), "Call 110");
  });

  test("a citation is translated with its number", async () => {
    const { cited } = await english({});
    assert.equal(cited("《信访工作条例》第二十二条"), "Regulation on Petition Work, Art. 22");
    assert.equal(cited("《信访工作条例》第十条、《信访工作条例》第三条"),
      "Regulation on Petition Work, Art. 10、Regulation on Petition Work, Art. 3");
  });

  test("why a window is proposed: the server's sentence in Chinese, put together in English", async () => {
    const route = { reason: "您说的事涉及欠薪，归人社窗口。", article_labels: [],
      reason_parts: { opening: "", danger: "", heard: ["欠薪"], why: "归人社窗口" } };
    assert.equal((await fresh("core/i18n.js")).because(route), route.reason);
    const { because } = await english({ "您说的事涉及{heard}，{why}": "It is about {heard}: {why}", "归人社窗口": "labour window" });
    assert.equal(because(route), "It is about “欠薪”: labour window ().");
  });
});

describe("dates", () => {
  test("a day and a moment are those of Shanghai, wherever the machine is", async () => {
    const { dayZh, momentZh } = await script("core/dates.js");
    assert.equal(dayZh("2026-03-17"), "2026年3月17日");
    assert.equal(momentZh("2026-03-01T18:30:00Z"), "2026年3月2日 02:30");
  });

  test("days are counted from the day in Shanghai", async () => {
    const { daysUntil } = await script("core/dates.js");
    assert.equal(daysUntil("2026-03-17", new Date("2026-03-16T15:59:00Z")), 1);
    assert.equal(daysUntil("2026-03-17", new Date("2026-03-16T16:01:00Z")), 0);
    assert.equal(daysUntil("2026-03-17", new Date("2026-03-19T00:00:00Z")), -2);
  });
});

test("a number is covered but for its last four, a short one wholly", async () => {
  const { masked } = await script("core/mask_input.js");
  assert.equal(masked("13912345678"), "*******5678");
  assert.equal(masked("5678"), "****");
  assert.equal(masked(""), "");
  const { maskedPhone, phoneParts, phoneTail } = await script("core/phone.js");
  for (const typed of ["025-58881234转8001", "025-58881234 分机8001", "025-58881234-8001", "025-58881234（8001）",
    "tel:025-58881234,8001", "025-58881234 ext. 8001", "０２５-58881234＃8001"]) {
    assert.deepEqual(phoneParts(typed), { number: "025-58881234", extension: "8001" }, typed);
    assert.equal(phoneTail(typed), "1234");
    assert.equal(maskedPhone(typed, masked), "********1234转8001");
  }
  for (const typed of ["139-1234-5678", "025-5888-1234", "+86 139 1234 5678", "5678"]) {
    assert.equal(maskedPhone(typed, masked), masked(typed), typed);
  }
});

test("a text is cut between characters", async () => {
  const { cut, lengthOf } = await script("core/cut.js");
  assert.equal(cut("𠮷田明", 1), "");
  assert.equal(cut("𠮷田明", 3), "𠮷田");
  assert.equal(cut("王𠮷", 2), "王");
  assert.equal(cut("王𠮷", 3), "王𠮷");
  assert.equal(lengthOf("𠮷田"), 2);
});

describe("calls to the API", () => {
  test("a refusal carries the server's code, sentence and fields", async () => {
    const { post } = await script("core/api.js");
    serve(() => ({ status: 422, body: { code: "invalid_request", detail: "请填写姓名。", errors: [{ field: "name" }] } }));
    await assert.rejects(post("/petitions", {}), (error) => {
      assert.deepEqual([error.status, error.code, error.detail, error.errors, error.unsure],
        [422, "invalid_request", "请填写姓名。", [{ field: "name" }], false]);
      return true;
    });
  });

  test("silence, a page instead of JSON, and a fault of the server leave it open what was done", async () => {
    const { get } = await script("core/api.js");
    for (const answer of [() => null, () => ({ status: 502, body: {} })]) {
      serve(answer);
      await assert.rejects(get("/windows"), (error) => error.unsure && error.detail.includes("您填的内容还在"));
    }
    globalThis.fetch = async () => new Response("<html>", { status: 200 });
    await assert.rejects(get("/windows"), (error) => error.unsure && error.code === "unreadable");
  });

  test("a key is sent as a header, and no two are the same", async () => {
    const { newKey, post } = await script("core/api.js");
    let sent;
    serve((method, path, { headers }) => {
      sent = headers["Idempotency-Key"];
      return { body: {} };
    });
    const key = newKey();
    await post("/petitions", {}, key);
    assert.equal(sent, key);
    assert.notEqual(newKey(), key);
    assert.match(key, /^[0-9a-f-]{32,36}$/);
  });
});

test("the end of a visit runs every hook once, whatever one of them does, and ends the waits", async () => {
  const { ended, onWipe, wipeMemory } = await fresh("core/forget.js");
  const ran = [];
  onWipe(() => ran.push("first"));
  onWipe(() => { throw new Error("one that fails"); });
  onWipe(() => ran.push("last"));
  wipeMemory();
  wipeMemory();
  assert.deepEqual(ran, ["first", "last"]);
  assert.equal(ended.aborted, true);
});

test("numbers of a person are read aloud by their ends, the office's as they are", async () => {
  const { withoutNumbers } = await script("core/sentences.js");
  assert.equal(withoutNumbers("电话13912345678。"), "电话尾号5678。");
  assert.equal(withoutNumbers("咨询电话：010-12345678"), "咨询电话：010-12345678");
});

test("words the office has not filled in are said to be published later", async () => {
  const { published } = await script("core/dom.js");
  assert.equal(published("地址：【请填写】，电话：12345"), "地址：待公布，电话：12345");
});
