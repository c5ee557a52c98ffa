/* Importing a script has no effect, except for the entries in pages/. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { script, scripts } from "./scripts.mjs";

/** Programs by themselves: the entries of pages, the service worker, and what runs in the thread of the sound. */
const isEntry = (name) => name.startsWith("pages/") || ["visit/sw.js", "hearing/take_sound.js"].includes(name);

/** What a page would be reached through: any use while a module is imported is an error. */
const REACHED = ["document", "window", "self", "navigator", "location", "history", "localStorage", "sessionStorage",
  "indexedDB", "caches", "addEventListener", "matchMedia", "fetch", "setTimeout", "setInterval",
  "queueMicrotask", "requestAnimationFrame", "MutationObserver", "Audio", "AudioContext"];

for (const name of REACHED) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      throw new ReferenceError(`${name} used at import`);
    },
  });
}

globalThis.reportError = (error) => { throw error; };

const modules = scripts().filter((name) => !isEntry(name));

for (const name of modules) {
  test(`${name} can be imported without a page`, async () => {
    assert.notEqual(Object.keys(await script(name)).length, 0, "it exports something");
  });
}

test("the entries are what acts at import", async () => {
  for (const name of scripts().filter((one) => one.startsWith("pages/"))) {
    await assert.rejects(script(name), /used at import/, name);
  }
});
