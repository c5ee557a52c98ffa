/* What a phone keeps of a talk, the code in an address, and what is seen above the keyboard. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

beforeEach(() => openPage());

describe("what is kept of a talk", () => {
  let written;
  let page;

  beforeEach(() => {
    written = [];
    globalThis.location = { protocol: "https:" };
    page = globalThis.document;
    Object.defineProperty(page, "cookie", { get: () => written.join("; "), set: (text) => {
      written = text.includes("max-age=0") ? [] : [text.split(";")[0]];
      page.whole = text;
    } });
  });

  test("is its id and that of an unanswered message, for this page, as long as the draft", async () => {
    const { keepTalk, keptTalk } = await script("phone/kept_talk.js");
    keepTalk("talk-0001", "message-1", 3600);
    assert.deepEqual(keptTalk(), { session: "talk-0001", message: "message-1" });
    assert.equal(page.whole, "talk=talk-0001.message-1; path=/m; max-age=3600; samesite=strict; secure");
    keepTalk("talk-0001", "", 3600);
    assert.deepEqual(keptTalk(), { session: "talk-0001", message: "" });
  });

  test("is nothing after the end", async () => {
    const { keepTalk, keptTalk, forgetTalk } = await script("phone/kept_talk.js");
    keepTalk("talk-0001", "", 3600);
    forgetTalk();
    assert.equal(keptTalk(), null);
  });
});

describe("the code of a draft", () => {
  const address = (text) => {
    const { pathname, search, hash } = new URL(text, "https://xf.example.cn");
    return { pathname, search, hash };
  };
  const read = {
    "/m#ABCD-EFGH": "ABCD-EFGH",
    "/m#abcdefgh": "ABCD-EFGH",
    "/m?from=singlemessage#0123-45JK": "0123-45JK",
    "/m#ABCD-EFGH&from=singlemessage": "ABCD-EFGH",
    "/m#ABCD-EFGH#wechat_redirect": "ABCD-EFGH",
    "/m%23ABCD-EFGH": "ABCD-EFGH",
    "/m/ABCD-EFGH": "ABCD-EFGH",
    "/m": "",
    "/m#": "",
    "/m?from=timeline": "",
    "/m?from=singlemessage&isappinstalled=0": "",
    "/m#ABCD-EFGHI": "",
    "/m#wechat_redirect": "",
  };

  for (const [text, code] of Object.entries(read)) {
    test(`in ${text} is ${code || "none"}`, async () => {
      const { codeInAddress } = await script("phone/kept_talk.js");
      assert.equal(codeInAddress(address(text)), code);
    });
  }

  test("is looked for in linear time", async () => {
    const { codeInAddress } = await script("phone/kept_talk.js");
    assert.equal(codeInAddress({ pathname: "/m", search: "", hash: `#${"#ABCD-".repeat(50_000)}` }), "");
  });
});

describe("what is seen of the screen", () => {
  test("ends above the keyboard where only the visual viewport tells of it", async () => {
    const { seenOf } = await script("phone/fit.js");
    assert.deepEqual(seenOf({ innerHeight: 664, visualViewport: { height: 328.4, scale: 1, offsetTop: 120.2 } }), { height: 328, top: 120 });
  });

  test("is not made smaller by somebody who zooms in", async () => {
    const { seenOf } = await script("phone/fit.js");
    assert.deepEqual(seenOf({ innerHeight: 664, visualViewport: { height: 332, scale: 2, offsetTop: 90 } }), { height: 664, top: 0 });
  });

  test("is the window in a browser that tells nothing", async () => {
    const { seenOf } = await script("phone/fit.js");
    assert.deepEqual(seenOf({ innerHeight: 664 }), { height: 664, top: 0 });
  });
});

test("each browser is told where its own favourites are", async () => {
  const { howToKeep } = await script("case/keep_page.js");
  assert.match(howToKeep("Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0"), /···/);
  assert.match(howToKeep("Mozilla/5.0 (iPhone; CPU iPhone OS 13_7 like Mac OS X) Safari/604.1"), /添加到主屏幕/);
  assert.match(howToKeep("Mozilla/5.0 (Linux; Android 10) Chrome/86.0 Mobile"), /右上角/);
  assert.match(howToKeep("Mozilla/5.0 (X11; Linux)"), /浏览器的菜单/);
});
