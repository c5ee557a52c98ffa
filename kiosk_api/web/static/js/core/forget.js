/* What each component has to forget when a visit ends. One that holds something of a person calls
   onWipe(fn) in its init(); wipe.js calls wipeMemory() when the screen is cleared or the page is left. */

const hooks = new Set();
const ending = new AbortController();

/** Aborted when the visit ends: give it to fetches, listeners and waits. */
export const ended = ending.signal;

/** `fn` drops what its component holds: answers, ids, camera tracks, timers. */
export function onWipe(fn) {
  hooks.add(fn);
}

/** Run every hook once, then abort what is under way. One that fails does not keep the others. */
export function wipeMemory() {
  for (const fn of hooks) {
    try {
      fn();
    } catch {
      /* the next one still has to forget */
    }
  }
  hooks.clear();
  ending.abort();
}

/** Resolves after `ms`; never once the visit has ended. */
export function waitFor(ms) {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    ended.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}
