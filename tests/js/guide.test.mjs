/* The talk's box, the search in the contents, the proposal of a window. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
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
