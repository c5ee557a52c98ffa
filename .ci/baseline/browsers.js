/* The oldest browsers that the pages must work in, and what MDN's browser-compat-data knows of them. */

import { createRequire } from "node:module";

/** Phones that people keep: iOS 13.0 (2019) and the Chromium inside WeChat and Android 86 (2020). */
export const OLDEST = { safari_ios: "13", chrome_android: "86", webview_android: "86", chrome: "86" };

export const data = createRequire(import.meta.url)("@mdn/browser-compat-data");

/** Whether each of OLDEST has it by itself: no flag, no prefix, no other name. `compat` is a
    __compat of the data; without one (a group of features) nothing is known against it. */
export function isOld(compat) {
  return !compat || !lacking(compat).length;
}

/** Which of OLDEST lack it, as words for a message: ["safari_ios 13 (since 17.4)"]. */
export function lacking(compat) {
  return Object.entries(OLDEST)
    .filter(([browser]) => !statements(compat, browser).some((one) => covers(one, OLDEST[browser])))
    .map(([browser, version]) => `${browser} ${version} (${since(compat, browser)})`);
}

function since(compat, browser) {
  const versions = statements(compat, browser).filter(plain).map((one) => one.version_added);
  return versions[0] ? `since ${versions[0]}` : "not at all";
}

function statements(compat, browser) {
  return [compat.support[browser] || []].flat();
}

const plain = (one) => !one.flags && !one.prefix && !one.alternative_name;

function covers(one, version) {
  if (!plain(one) || !one.version_added || one.version_added === "preview") return false;
  const removed = typeof one.version_removed === "string" && !later(one.version_removed, version);
  return !later(one.version_added, version) && !removed;
}

function later(one, other) {
  const [left, right] = [one, other].map((text) => text.replace("≤", "").split(".").map(Number));
  const at = [0, 1, 2].find((place) => (left[place] || 0) !== (right[place] || 0));
  return at !== undefined && (left[at] || 0) > (right[at] || 0);
}
