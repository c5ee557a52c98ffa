/* Calls what the pages' scripts export, one JSON line in, one JSON line out:
   ["pinyin.js", "candidates", [letters, options]] → {"given": …} or {"failed": "…"}.
   There is no page, no server and no network: fetch() reads the files that the server would send. */

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { STATIC } from "./scripts.mjs";

globalThis.fetch = async (wanted) => {
  const address = new URL(wanted);
  if (!address.href.startsWith(STATIC.href)) throw new TypeError(`not a file of the pages: ${address.href}`);
  try {
    return new Response(await readFile(address));
  } catch {
    return new Response("", { status: 404 });
  }
};

async function answer(line) {
  try {
    const [script, name, given] = JSON.parse(line);
    const found = await import(new URL(`js/${script}`, STATIC));
    return { given: (await found[name](...given)) ?? null };
  } catch (fault) {
    return { failed: fault.stack };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}
