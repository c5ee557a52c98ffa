/* The idle time, the waits of an outage, the rule of trying again. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

beforeEach(() => openPage());

describe("the time without anybody", () => {
  const times = { idleSeconds: "90", idleElderSeconds: "150", idlePhoneSeconds: "600" };

  test("is longer for large print and longest on one's own phone", async () => {
    const { quietMs } = await script("visit/idle.js");
    assert.equal(quietMs(times, { phone: false, elder: false }), 90_000);
    assert.equal(quietMs(times, { phone: false, elder: true }), 150_000);
    assert.equal(quietMs(times, { phone: true, elder: true }), 600_000);
  });

  test("is the same for large print where the page gives one time only", async () => {
    const { quietMs } = await script("visit/idle.js");
    assert.equal(quietMs({ idleSeconds: "60" }, { phone: false, elder: true }), 60_000);
  });

  test("is counted down aloud at the beginning and at 20, 10 and 5 seconds", async () => {
    const { spokenAt } = await script("visit/idle.js");
    let last = Infinity;
    const spoken = [];
    for (let seconds = 30; seconds >= 0; seconds -= 1) {
      const mark = spokenAt(seconds, last, 30);
      if (!mark) continue;
      last = mark;
      spoken.push(seconds);
    }
    assert.deepEqual(spoken, [30, 20, 10, 5]);
  });
});

test("the pause doubles up to a quarter of a minute, apart from other kiosks", async () => {
  const { pause } = await script("visit/outage.js");
  assert.deepEqual([0, 1, 2, 3, 4, 9].map((attempt) => pause(attempt, 0.5)), [1000, 2000, 4000, 8000, 15000, 15000]);
  assert.equal(pause(0, 0), 800);
  assert.ok(Math.abs(pause(9, 1) - 18_000) < 1e-6);
});

describe("a submission", () => {
  const load = async () => ({ ...await script("visit/resend.js"), ...await script("core/api.js") });
  /** send() that gives or throws each of `outcomes` in turn. */
  const inTurn = (...outcomes) => async () => {
    const next = outcomes.shift();
    if (next instanceof Error) throw next;
    return next;
  };

  test("that is answered is not sent again", async () => {
    const { retry } = await load();
    assert.equal(await retry(inTurn("number"), () => assert.fail("no wait")), "number");
  });

  test("is sent again for as long as nobody answers", async () => {
    const { retry, ApiError } = await load();
    const waits = [];
    const silence = new ApiError(0, "unreached", "连不上");
    const broken = new ApiError(503, "error", "出错");
    assert.equal(await retry(inTurn(silence, broken, "number"), async (attempt) => waits.push(attempt) > 0), "number");
    assert.deepEqual(waits, [0, 1]);
  });

  test("that is refused at once is refused as the server says", async () => {
    const { retry, ApiError } = await load();
    const refusal = new ApiError(422, "invalid_request", "请填写姓名。");
    await assert.rejects(retry(inTurn(refusal), () => assert.fail("no wait")), (error) => error === refusal);
  });

  test("that meets a full disk is refused at once: what to do instead must be read", async () => {
    const { retry, ApiError } = await load();
    const full = new ApiError(503, "store_full", "存储空间满了，请到窗口。");
    await assert.rejects(retry(inTurn(full), () => assert.fail("no wait")), (error) => error === full && !error.unsure);
    const unknown = new ApiError(503, "outcome_unknown", "还不知道存上了没有。");
    assert.equal(await retry(inTurn(unknown, "number"), async () => true), "number");
  });

  test("that is refused after silence is in doubt, unless the server knows the first one", async () => {
    const { retry, ApiError } = await load();
    const silence = () => new ApiError(0, "unreached", "连不上");
    await assert.rejects(
      retry(inTurn(silence(), new ApiError(429, "too_many_requests", "请稍等。")), async () => true),
      (error) => error.unsure && error.status === 429 && error.detail.startsWith("请稍等。 刚才那一次交上没有"));
    const conflict = new ApiError(409, "idempotency_conflict", "内容不一样。");
    await assert.rejects(retry(inTurn(silence(), conflict), async () => true), (error) => error === conflict);
  });

  test("that the person stops is in doubt", async () => {
    const { retry, ApiError } = await load();
    await assert.rejects(retry(inTurn(new ApiError(0, "unreached", "连不上")), async () => false),
      (error) => error.code === "stopped" && error.unsure);
  });
});

describe("the invitation", () => {
  const screen = (...known) => ({ matchMedia: (query) => ({ matches: known.includes(query) }) });

  test("is for screens that are touched or stand in a hall", async () => {
    const { isHallScreen } = await script("visit/attract.js");
    const [large, hall] = ["(min-width: 900px)", "(pointer: coarse), (min-height: 1200px)"];
    assert.equal(isHallScreen(screen(large, hall)), true);
    assert.equal(isHallScreen(screen(large)), false); // a desk with a mouse
    assert.equal(isHallScreen(screen(hall)), false); // a phone
  });
});

test("a page loses something when one of its parts would", async () => {
  globalThis.document = new EventTarget();
  const { mayLose, wouldLose } = await script("core/unsaved.js");
  let typed = "";
  assert.equal(wouldLose(), false);
  mayLose(() => Boolean(typed));
  mayLose(() => false);
  assert.equal(wouldLose(), false);
  typed = "化粪池";
  assert.equal(wouldLose(), true);
});
