/* Which keys a field gets, how drawn signs are framed, letters on their way to signs, sounds. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage } from "./page.mjs";
import { script } from "./scripts.mjs";

beforeEach(() => openPage());

describe("a field", () => {
  const field = (more) => ({ dataset: {}, inputMode: "", type: "text", name: "", autocapitalize: "", ...more });

  test("gets the keys that the page names, else those it is for", async () => {
    const { keysFor } = await script("keyboard/keyboard_layouts.js");
    assert.equal(keysFor(field({ dataset: { keys: "latin" }, type: "tel" }), "zh-CN"), "latin");
    assert.equal(keysFor(field({ dataset: { keys: "unknown" } }), "zh-CN"), "pinyin");
    assert.equal(keysFor(field({ type: "tel" }), "zh-CN"), "digits");
    assert.equal(keysFor(field({ inputMode: "numeric" }), "zh-CN"), "digits");
    assert.equal(keysFor(field({ name: "petitioner.id_number" }), "zh-CN"), "digits");
    assert.equal(keysFor(field({ name: "case_number" }), "zh-CN"), "latin");
    assert.equal(keysFor(field({ autocapitalize: "characters" }), "zh-CN"), "latin");
    assert.equal(keysFor(field(), "en"), "latin");
  });

  test("asks for a name by its own name or the page's word", async () => {
    const { asksForName } = await script("keyboard/keyboard_layouts.js");
    assert.ok(asksForName(field({ name: "petitioner.name" })) && asksForName(field({ dataset: { keys: "name" } })));
    assert.ok(!asksForName(field({ name: "username" })) && !asksForName(null));
  });
});

test("a drawn sign is put into the middle of a square, a dot is not blown up", async () => {
  const { framed } = await script("keyboard/handwriting.js");
  const { width, height, strokes } = framed([[[100, 300], [300, 300]]]);
  assert.deepEqual([width, height], [250, 250]);
  assert.deepEqual(strokes, [[[25, 125], [225, 125]]]);
  assert.equal(framed([[[5, 5]]]).width, 125);
});

describe("letters", () => {
  const entry = async () => {
    const shown = [];
    const choices = { show: (typed, list) => shown.push([typed, list.map((one) => one.text)]), showTyped: () => {} };
    const { PinyinEntry } = await script("keyboard/pinyin_entry.js");
    return [new PinyinEntry(choices, () => ({ name: false, before: "" })), shown];
  };

  test("that are chosen in part leave the rest", async () => {
    const [letters] = await entry();
    letters.set("gongzi'le");
    letters.use({ used: 6 });
    assert.equal(letters.letters, "le");
  });

  test("are taken back one by one", async () => {
    const [letters] = await entry();
    letters.set("ge");
    assert.equal(letters.back(), true);
    assert.equal(letters.letters, "g");
    letters.back();
    assert.equal(letters.back(), false);
  });

  test("are no more than can be read together", async () => {
    const { MOST_LETTERS } = await script("keyboard/keyboard_layouts.js");
    const [letters] = await entry();
    for (let count = 0; count < MOST_LETTERS + 5; count += 1) letters.add("a");
    assert.equal(letters.letters.length, MOST_LETTERS);
  });

  test("show only the choices of the latest of them", async () => {
    globalThis.fetch = async () => new Response("", { status: 404 });
    const [letters, shown] = await entry();
    await Promise.all([letters.set("x"), letters.set("xy")]);
    assert.deepEqual(shown, [["xy", ["xy"]]]);
  });
});

describe("sounds", () => {
  test("that many do not tell apart come after the exact one", async () => {
    const { spellings } = await script("keyboard/pinyin_sounds.js");
    assert.deepEqual(spellings("zhang"), [["zhang", 0], ["zang", 1], ["zhan", 1], ["zan", 2]]);
    assert.deepEqual(spellings("lve").slice(0, 2), [["lve", 0], ["lue", 0]]);
    assert.deepEqual(spellings("ma"), [["ma", 0]]);
  });

  test("need the words of two first letters where these sound the same", async () => {
    const { firstLetters, sameSounding } = await script("keyboard/pinyin_sounds.js");
    assert.deepEqual(firstLetters("n", true), ["n", "l"]);
    assert.deepEqual(firstLetters("n", false), ["n"]);
    assert.equal(sameSounding("nz"), "nzl");
  });
});

test("words are found by syllables and by initials, the commoner first", async () => {
  const { add } = await script("keyboard/pinyin_words.js");
  const { read } = await script("keyboard/pinyin.js");
  add("gong'zi\t工资x公子h\ngong\t工v\nzi\t字t\n");
  const texts = (letters) => read(letters).map((one) => one.text);
  assert.deepEqual(texts("gongzi").slice(0, 2), ["工资", "公子"]);
  assert.ok(texts("gz").includes("工资"));
  assert.deepEqual(read("gongzi").find((one) => one.text === "工"), { text: "工", used: 4 });
});
