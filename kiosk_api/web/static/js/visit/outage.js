/* Asking /healthz, more and more slowly, until the system answers again. */

import { waitFor } from "../core/forget.js";

const FIRST_MS = 1000;
const LONGEST_MS = 15000;
const ANSWER_MS = 4000;

/** Milliseconds before try number 0, 1, 2 …: doubled each time, and 20 % more or less by chance, so
    that kiosks do not all ask at once. */
export function pause(attempt, random = Math.random()) {
  return Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS) * (0.8 + 0.4 * random);
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

/** The service worker keeps style sheets and scripts; browsers allow it on https and loopback. */
export function keepShell() {
  if (navigator.serviceWorker) navigator.serviceWorker.register("/sw.js").catch(() => {
    /* storage switched off: pages work, only the offline page is missing */
  });
}
