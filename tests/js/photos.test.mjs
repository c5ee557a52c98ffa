/* What may be sent as a picture, the order of sending, and the bundle at the server. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { openPage, serve } from "./page.mjs";
import { script } from "./scripts.mjs";

const MIB = 1024 * 1024;
const paper = (name = "a.jpg") => ({ name, type: "image/jpeg", size: 1000 });
const fault = (code) => Object.assign(new Error(code), { code, detail: `sentence of ${code}` });

beforeEach(() => openPage());

test("a PDF and a file that is too large are refused without the server", async () => {
  const { lightCheck } = await script("photos/limits.js");
  assert.equal(lightCheck(paper(), 8), "");
  assert.equal(lightCheck({ ...paper(), size: 8 * MIB }, 8), "");
  assert.match(lightCheck({ ...paper(), size: 8 * MIB + 1 }, 8), /太大了，每张不超过8兆/);
  assert.match(lightCheck({ name: "A.PDF", type: "", size: 1 }, 8), /PDF/);
  assert.match(lightCheck({ name: "a", type: "application/pdf", size: 1 }, 8), /PDF/);
});

describe("sending", () => {
  test("goes on after a refusal, and tells each sentence", async () => {
    const { Sending } = await script("photos/sending.js");
    const kept = [];
    const sending = new Sending(async (file) => {
      if (file.name === "bad.jpg") throw fault("not_a_picture");
      kept.push(file.name);
    });
    const refused = await sending.send([paper("1.jpg"), paper("bad.jpg"), paper("2.jpg")], 8, () => true);
    assert.deepEqual(kept, ["1.jpg", "2.jpg"]);
    assert.deepEqual(refused, ["sentence of not_a_picture"]);
  });

  test("stops when the next would be refused as well, or the visit is over", async () => {
    const { Sending } = await script("photos/sending.js");
    for (const code of ["too_many_pictures", "too_many_tries", "unreached"]) {
      let tries = 0;
      const sending = new Sending(async () => { tries += 1; throw fault(code); });
      await sending.send([paper(), paper()], 8, () => true);
      assert.equal(tries, 1, code);
    }
    const none = new Sending(() => assert.fail("nothing is sent"));
    assert.deepEqual(await none.send([paper()], 8, () => false), []);
  });

  test("tells who waits whether all was kept, once nothing is on its way", async () => {
    const { Sending } = await script("photos/sending.js");
    let go;
    const sending = new Sending(() => new Promise((done) => { go = done; }));
    const sent = sending.send([paper()], 8, () => true);
    let done = false;
    const settled = sending.settled().finally(() => { done = true; });
    sending.settle();
    await new Promise(setImmediate);
    assert.deepEqual([sending.busy, done], [true, false]);
    go();
    await sent;
    sending.settle();
    assert.equal(await settled, true);
    assert.equal(sending.busy, false);
  });

  test("that is given up is no fault to report", async () => {
    const { Sending } = await script("photos/sending.js");
    const sending = new Sending((file, signal) => new Promise((_, failed) => {
      signal.addEventListener("abort", () => failed(fault("unreached")));
    }));
    const sent = sending.send([paper(), paper()], 8, () => true);
    sending.giveUp();
    assert.deepEqual(await sent, []);
    assert.equal(sending.off.signal.aborted, false, "the next ones can be sent");
  });
});

describe("a bundle", () => {
  test("is opened once for two pictures chosen at the same time", async () => {
    const { Bundle } = await script("photos/attach_api.js");
    const asked = serve(() => ({ status: 201, body: { bundle_token: "b1" } }));
    const bundle = new Bundle();
    await Promise.all([bundle.ensure(), bundle.ensure()]);
    assert.deepEqual(asked, ["POST /api/v1/attachments/bundles"]);
    assert.deepEqual(bundle.headers, { "X-Bundle": "b1" });
  });

  test("that comes after the end of the visit is deleted at once", async () => {
    const { Bundle } = await script("photos/attach_api.js");
    const asked = serve(() => ({ status: 201, body: { bundle_token: "b1" } }));
    const bundle = new Bundle();
    const opening = bundle.ensure();
    bundle.discard();
    await opening;
    assert.deepEqual(asked.at(-1), "DELETE /api/v1/attachments/bundles");
  });

  test("that could not be opened is tried again with the next picture", async () => {
    const { Bundle } = await script("photos/attach_api.js");
    let away = true;
    serve(() => (away ? null : { status: 201, body: { bundle_token: "b1" } }));
    const bundle = new Bundle();
    await assert.rejects(bundle.ensure(), (error) => error.code === "unreached");
    away = false;
    await bundle.ensure();
    assert.equal(bundle.token, "b1");
  });
});

test("a picture that comes back is a blob, and a refusal of it has its sentence", async () => {
  const { sendAndSee } = await script("photos/attach_api.js");
  const wanted = [];
  globalThis.fetch = async (path, options) => {
    wanted.push(options.headers.Accept);
    return new Response("kept", { status: 201, headers: { "Content-Type": "image/jpeg" } });
  };
  const kept = await sendAndSee({ "X-Visit": "v" }, new Blob(["x"]));
  assert.equal(await kept.text(), "kept");
  assert.match(wanted[0], /^image\/jpeg/);
  serve(() => ({ status: 422, body: { code: "picture_too_long", detail: "请分几张截屏" } }));
  await assert.rejects(sendAndSee({ "X-Visit": "v" }, new Blob(["x"])), (error) => error.code === "picture_too_long");
});
