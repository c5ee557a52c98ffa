/* Asking /healthz, more and more slowly, until the system answers again. */

import { waitFor } from "../core/forget.js";

const FIRST_MS = 1000;
const LONGEST_MS = 15000;
const ANSWER_MS = 4000;

/** How long to wait before try number 0, 1, 2 …: doubling, and apart from other kiosks. */
export function pause(attempt) {
  return Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS) * (0.8 + 0.4 * Math.random());
}

/** True when the system answers now. */
export async function answers() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Resolves once the system answers; `wait(ms)` is how this page waits. */
export async function untilBack(wait = waitFor) {
  for (let attempt = 0; !(await answers()); attempt += 1) await wait(pause(attempt));
}

/** The shell of the pages is kept by a service worker, which browsers allow on https and loopback. */
export function keepShell() {
  navigator.serviceWorker?.register("/sw.js").catch(() => {
    /* storage switched off: pages work, only the offline page is missing */
  });
}
