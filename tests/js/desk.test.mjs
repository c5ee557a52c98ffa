/* The desk's counts of calls. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

beforeEach(() => openPage());

test("counts are shown, marked when something is late, and the tab says that somebody calls", async () => {
  const { WaitingCounts } = await script("desk/waiting.js");
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
