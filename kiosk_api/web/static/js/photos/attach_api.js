/* Calls about pictures: tokens travel in headers, files as multipart forms. */

import { ApiError } from "../core/api.js";
import { t } from "../core/i18n.js";

const WAIT_MS = 60000; // a large photo over a slow line
const unreached = () => t("照片没有传上，现在连不上系统。请过几秒再试一次。");

const isPicture = (answer) => answer.ok && (answer.headers.get("Content-Type") || "").startsWith("image/");

function parsed(body) {
  if (typeof body !== "string") return body;
  return body ? JSON.parse(body) : null;
}

/** Headers are {"X-Bundle": token} or {"X-Visit": token}; answers null for an empty body,
    a blob for a picture. */
export async function call(method, path, headers = {}, body = undefined, extra = {}) {
  let answer;
  let text;
  try {
    answer = await fetch(`/api/v1/attachments${path}`, {
      method, headers: { Accept: "application/json", ...headers }, body, cache: "no-store",
      credentials: "same-origin", signal: AbortSignal.timeout(WAIT_MS), ...extra,
    });
    text = await (isPicture(answer) ? answer.blob() : answer.text());
  } catch {
    throw new ApiError(0, "unreached", unreached());
  }
  let data = null;
  try {
    data = parsed(text);
  } catch {
    throw new ApiError(0, "unreadable", unreached());
  }
  const { code = "error", detail = unreached() } = data || {};
  if (!answer.ok) throw new ApiError(answer.status, code, detail);
  return data;
}

/** `off` gives up a picture that is on its way. */
export function send(headers, file, off) {
  const form = new FormData();
  form.append("file", file, "paper"); // never the file's own name: it may be somebody's
  const signal = off && AbortSignal.any([off, AbortSignal.timeout(WAIT_MS)]);
  return call("POST", "", headers, form, signal ? { signal } : {});
}

/** Send a file as send() does; answers the picture as it was kept, as a blob. */
export function sendAndSee(headers, file) {
  return send({ ...headers, Accept: "image/jpeg, application/json;q=0.5" }, file);
}

/** The picture as a blob, for an image element; null when it is gone. */
export async function picture(headers, id) {
  try {
    const answer = await fetch(`/api/v1/attachments/${id}`, { headers, cache: "no-store" });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}

/** Pictures that no case has taken yet: one bundle at the server, known by its token. */
export class Bundle {
  constructor() {
    this.token = null;
    this.opening = null; // while the server is asked for a token
    this.over = false;
  }

  get headers() {
    return { "X-Bundle": this.token };
  }

  /** All pictures go into one bundle, also two that are chosen while it is being opened. */
  async ensure() {
    if (this.token) return;
    if (!this.opening) this.opening = this.open().finally(() => { this.opening = null; });
    await this.opening;
  }

  async open() {
    this.token = (await call("POST", "/bundles")).bundle_token;
    if (this.over) this.dropAtServer();
  }

  async send(file, signal) {
    await this.ensure();
    return send(this.headers, file, signal);
  }

  /** The picture as a blob; null when it is gone. */
  picture(id) {
    return picture(this.headers, id);
  }

  remove(id) {
    return call("DELETE", `/${id}`, this.headers);
  }

  /** What is in it: {items, phone_came, phone_link_open}. */
  contents() {
    return call("GET", "", this.headers);
  }

  async phoneLink() {
    await this.ensure();
    return call("POST", "/phone-link", this.headers);
  }

  endPhoneLink() {
    call("DELETE", "/phone-link", this.headers).catch(() => {});
  }

  /** The server does not know it any more. */
  forget() {
    this.token = null;
  }

  /** Have it deleted. The server deletes only what no case has taken, so this is right after a
      registration, too. */
  discard() {
    this.over = true;
    if (this.token) this.dropAtServer();
    this.token = null;
  }

  dropAtServer() {
    call("DELETE", "/bundles", this.headers, undefined, { keepalive: true }).catch(() => {});
  }
}
