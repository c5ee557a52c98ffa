/* Decisions on the status page: their order, their parts and until when one may disagree. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { withElements } from "./elements.mjs";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

const decision = (more) => ({ kind: "opinion", label: "处理意见书", at: "2026-03-02T10:00:00+08:00", outcome: "", outcome_label: "",
  text: {}, parts: [], article_label: "", standing: "notice", standing_label: "", in_force: false, by: null, asks: "", ...more });

beforeEach(() => {
  openPage();
  withElements();
});

describe("decisions", () => {
  test("none make no section", async () => {
    const { decisionList } = await script("case/decisions.js");
    assert.equal(decisionList([]), null);
    assert.equal(decisionList(undefined), null, "an older server");
  });

  test("the one in force is first, then the newest", async () => {
    const { decisionList } = await script("case/decisions.js");
    const kinds = decisionList([decision({ kind: "acceptance" }), decision({ kind: "opinion", in_force: true }),
      decision({ kind: "supervision" })]).querySelectorAll("article").map((one) => one.getAttribute("data-kind"));
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
