/* The little of a page that texts and dates need: its language and its words. */

import { webcrypto } from "node:crypto";

// Browsers have these; node only from version 19 and 20 on.
globalThis.crypto ??= webcrypto;
AbortSignal.any ??= ([first]) => first;

/** Make the page Chinese, or English with `words`: Chinese sentence → English. Scripts read the words
    once, so a test that needs others imports a fresh copy of the script. */
export function openPage({ lang = "zh-CN", data = {} } = {}) {
  globalThis.document = {
    documentElement: { lang },
    getElementById: (id) => (id in data ? { textContent: JSON.stringify(data[id]) } : null),
  };
}

/** Replace fetch: `answer(method, path, options)` gives {status, body}; null means that nobody answers. */
export function serve(answer) {
  const asked = [];
  globalThis.fetch = async (path, options) => {
    asked.push(`${options.method} ${path}`);
    const found = await answer(options.method, path, options);
    if (!found) throw new TypeError("network away");
    return new Response(found.body === undefined ? "" : JSON.stringify(found.body), { status: found.status ?? 200 });
  };
  return asked;
}
