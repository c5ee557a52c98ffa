/* Calls to /api/v1. Every failure is an ApiError whose `detail` can be read to a citizen. */

import { t } from "./i18n.js";
import { ended } from "./forget.js";

const WAIT_MS = 40000;
// Nothing was stored, and asking again would not help: the person has to read what to do instead.
const CERTAIN = ["store_full"];
const unreached = () => t("现在连不上系统。您填的内容还在，请过几秒再试，或请窗口工作人员帮忙。");

export class ApiError extends Error {
  /** `status` 0 means that nobody answered: what was asked may or may not have been done. A refusal is
      `doubtful` when an earlier try under the same key was never answered. */
  constructor(status, code, detail, errors = [], doubtful = false) {
    super(detail);
    Object.assign(this, { status, code, detail, errors, doubtful });
  }

  get unsure() {
    return this.doubtful || this.status === 0 || (this.status >= 500 && !CERTAIN.includes(this.code));
  }
}

export function get(path) {
  return call("GET", path);
}

export function post(path, body, idempotencyKey) {
  return call("POST", path, body, idempotencyKey);
}

async function call(method, path, body, idempotencyKey) {
  if (ended.aborted) return new Promise(() => {}); // the visit is over: nobody reads an answer
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  let status = 0;
  let text = "";
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method, headers, cache: "no-store", credentials: "same-origin",
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.any([AbortSignal.timeout(WAIT_MS), ended]),
    });
    text = await answer.text();
    status = answer.status;
  } catch {
    if (ended.aborted) return new Promise(() => {});
    throw new ApiError(0, "unreached", unreached());
  }
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new ApiError(0, "unreadable", unreached());
  }
  if (status >= 400) {
    throw new ApiError(status, data.code || "error", data.detail || unreached(), data.errors || []);
  }
  return data;
}

/** A new Idempotency-Key; works on plain http too, where randomUUID is missing. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
