/* The steps of a case and the days of its deadlines. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { withElements } from "./elements.mjs";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

beforeEach(() => openPage());

describe("the steps of a case", () => {
  beforeEach(() => withElements());

  const step = (key, state, more) => ({ key, label: key, state, on: null, by: null, days: null, article: "", article_label: "", ...more });

  test("say when each was done, is due, or may follow; what goes on is marked", async () => {
    const { stepList } = await script("case/steps.js");
    const list = stepList([step("registered", "done", { on: "2026-03-02" }), step("handed_over", "late", { by: "2026-03-17" }),
      step("accepted", "next", { days: 15 }), step("review", "next")]).querySelectorAll("li");
    assert.match(list[0].textContent, /2026年3月2日/);
    assert.match(list[1].textContent, /超期了，应该在2026年3月17日以前办到/);
    assert.match(list[2].textContent, /15天以内/);
    assert.match(list[3].textContent, /不同意的/);
    assert.deepEqual(list.map((one) => one.getAttribute("aria-current")), [null, "step", null, null]);
  });

  test("are three lines on a receipt; an accusation is promised no acceptance", async () => {
    const { comingList } = await script("case/steps.js");
    const lines = (steps) => comingList(steps)[0].querySelectorAll("li").map((one) => one.textContent);
    const next = [step("registered", "done"), step("handed_over", "now", { by: "2026-03-17" })];
    const appeal = lines([...next, step("accepted", "next", { days: 15 }), step("handled", "next", { days: 60 }), step("answered", "next")]);
    assert.equal(appeal.length, 3);
    assert.match(appeal.join(), /最晚2026年3月17日.*15天.*60天/);
    assert.doesNotMatch(lines([...next, step("handled", "next"), step("answered", "next", { article: "23" })]).join(), /受理|\d+天/);
    assert.equal(comingList([step("registered", "done"), step("withdrawn", "done")]), null);
  });
});

test("how many days of a deadline are left; one that is over is whole again", async () => {
  const { daysLeft } = await script("case/due.js");
  const clock = { starts_on: "2026-03-02", due_on: "2026-03-17" };
  assert.deepEqual(daysLeft(clock, new Date("2026-03-10T04:00:00Z")), [7, 15]);
  assert.deepEqual(daysLeft(clock, new Date("2026-04-10T04:00:00Z")), [15, 15]);
});
