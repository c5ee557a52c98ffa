/* Writes kiosk_api/web/static/icons.svg: the icons of names.json (our name, then Tabler's) as symbols of one file. */

import { readFileSync, writeFileSync } from "node:fs";

const here = (path) => new URL(path, import.meta.url);
const names = JSON.parse(readFileSync(here("names.json"), "utf8"));
const SHAPE = /<(?:path|circle|rect|line|polyline|ellipse)\b[^>]*\/>/g;
const FRAME = /stroke="none"/; // the empty square that every icon of the set begins with

const symbol = ([ours, theirs]) => {
  const svg = readFileSync(here(`node_modules/@tabler/icons/icons/outline/${theirs}.svg`), "utf8");
  const shapes = svg.match(SHAPE).filter((one) => !FRAME.test(one)).map((one) => one.replace(/\s+\/>/, "/>"));
  return `<symbol id="${ours}" viewBox="0 0 24 24">${shapes.join("")}</symbol>\n`;
};
const sorted = Object.entries(names).sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(here("../../kiosk_api/web/static/icons.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg">\n${sorted.map(symbol).join("")}</svg>\n`);
