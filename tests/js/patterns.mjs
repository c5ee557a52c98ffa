/* Every regular expression that the pages' scripts write down, put to hostile texts: {"name": text} in,
   {"patterns": n, "slow": {"script: /pattern/ on name": milliseconds of CPU}} out. */

import { readFileSync, readdirSync } from "node:fs";
import { text } from "node:stream/consumers";

const SCRIPTS = new URL("../../kiosk_api/web/static/js/", import.meta.url);
const MOST_MS = 100;
const TRIES = 3; // the quickest counts

// A slash after what a value cannot end with begins a pattern; a class may hold a slash of its own.
const LITERAL = /(?<=[(,=:?;!&|{}[] ?|return )\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([a-z]*)/g;

const found = new Map();
for (const script of readdirSync(SCRIPTS, { recursive: true }).filter((one) => one.endsWith(".js"))) {
  for (const [, source, flags] of readFileSync(new URL(script, SCRIPTS), "utf8").matchAll(LITERAL)) {
    found.set(`${script}: /${source}/${flags}`, new RegExp(source, flags));
  }
}

/** Texts of the characters that a pattern itself names, one and two of them over and over. */
function* fitting(pattern, length) {
  const signs = [...new Set([...pattern.source.replace(/\\[a-zA-Z]\w*/g, ""), "0", "a", " ", "中"])]
    .filter((one) => !"\\^$*+?.()[]{}|".includes(one)).slice(0, 10);
  for (const one of signs) {
    for (const two of signs) {
      const many = (one + two).repeat(length / 2);
      yield [`${one}${two}`, many];
      yield [`${one}${two} and an end`, `${many.slice(0, -1)}\u0001`];
    }
  }
}

function spent(pattern, hostile) {
  let least = Infinity;
  for (let count = 0; count < TRIES && least > MOST_MS; count += 1) {
    const begin = process.cpuUsage();
    hostile.replace(pattern, "");
    const { user, system } = process.cpuUsage(begin);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

const given = Object.entries(JSON.parse(await text(process.stdin)));
const length = given[0][1].length;
const slow = {};
for (const [where, pattern] of found) {
  for (const [name, hostile] of [...given, ...fitting(pattern, length)]) {
    const took = spent(pattern, hostile);
    if (took > MOST_MS) slow[`${where} on ${name}`] = Math.round(took);
  }
}
process.stdout.write(JSON.stringify({ patterns: found.size, slow }));
