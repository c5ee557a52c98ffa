/* Calling the hall's staff, leaving a number. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage, serve } from "./page.mjs";
import { script } from "./scripts.mjs";

beforeEach(() => openPage());

describe("a call for the hall's staff", () => {
  const made = { call: "c", state: "waiting" };
  const states = (...list) => serve(() => {
    const state = list.shift();
    return state === "away" ? null : { body: { call: "c", state } };
  });

  test("is asked for until somebody has taken it, also when an answer is lost", async () => {
    const { outcome } = await script("help/hall_call.js");
    const asked = states("waiting", "away", "taken");
    assert.equal(await outcome(made, () => true, async () => {}), "taken");
    assert.equal(asked.length, 3);
  });

  test("is over when nobody comes, and no longer asked for once the dialog is closed", async () => {
    const { outcome } = await script("help/hall_call.js");
    states("waiting", "over");
    assert.equal(await outcome(made, () => true, async () => {}), "over");
    const asked = states("taken");
    assert.equal(await outcome(made, () => false, async () => {}), "waiting");
    assert.deepEqual(asked, []);
  });
});

test("own words about the time come before a choice", async () => {
  const { wishOf } = await script("help/callback_form.js");
  const fields = new Map([["callback.phone", " 13912345678 "], ["callback.when", "上午"], ["callback.best_time", ""]]);
  assert.deepEqual(wishOf(fields), { phone: "13912345678", best_time: "上午", about: "" });
  fields.set("callback.best_time", "三点以后");
  assert.equal(wishOf(fields).best_time, "三点以后");
});

test("a phone number rings as its digits", async () => {
  const { dialled } = await script("help/call_staff.js");
  assert.equal(dialled("（010）6555-0199"), "01065550199");
});
