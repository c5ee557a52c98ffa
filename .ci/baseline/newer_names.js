/* Prints as JSON what scripts find in newer browsers only, for tests that take it away:
   [["AbortSignal", "any"], …] (owner, member); an owner by itself: ["WeakRef"]. */

import { data, isOld } from "./browsers.js";

const found = [];
for (const group of [data.api, data.javascript.builtins]) {
  for (const [owner, node] of Object.entries(group)) {
    if (node.__compat && !isOld(node.__compat)) found.push([owner]);
    for (const [key, member] of Object.entries(node)) {
      if (!member.__compat || isOld(member.__compat) || !/^[a-zA-Z]+(_static)?$/.test(key)) continue;
      if (key !== owner) found.push([owner, key.replace(/_static$/, "")]);
    }
  }
}
console.log(JSON.stringify(found));
