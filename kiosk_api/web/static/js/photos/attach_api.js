/* Calls about pictures: tokens travel in headers, files as multipart forms. */

import { ApiError } from "../core/api.js";
import { t } from "../core/i18n.js";

const WAIT_MS = 60000; // a large photo over a slow line
const UNREACHED = t("照片没有传上，现在连不上系统。请过几秒再试一次。");

/** Headers are {"X-Bundle": token} or {"X-Visit": token}; answers null for an empty body. */
export async function call(method, path, headers = {}, body = undefined, extra = {}) {
  let answer;
  let text;
  try {
    answer = await fetch(`/api/v1/attachments${path}`, {
      method, headers: { Accept: "application/json", ...headers }, body, cache: "no-store",
      credentials: "same-origin", signal: AbortSignal.timeout(WAIT_MS), ...extra,
    });
    text = await answer.text();
  } catch {
    throw new ApiError(0, "unreached", UNREACHED);
  }
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    throw new ApiError(0, "unreadable", UNREACHED);
  }
  if (!answer.ok) throw new ApiError(answer.status, data?.code ?? "error", data?.detail ?? UNREACHED);
  return data;
}

/** `off` gives up a picture that is on its way. */
export function send(headers, file, off) {
  const form = new FormData();
  form.append("file", file, "paper"); // never the file's own name: it may be somebody's
  const signal = off && AbortSignal.any([off, AbortSignal.timeout(WAIT_MS)]);
  return call("POST", "", headers, form, signal ? { signal } : {});
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

/** What can be seen without the server: a sentence, or "" when the file may be sent. */
export function lightCheck(file, mib) {
  if (file.type === "application/pdf" || /\.pdf$/i.test(file.name)) {
    return t("PDF 文件这里收不了。请把它拍成照片，或者打印出来带到窗口交。");
  }
  if (file.size > mib * 1024 * 1024) {
    return t("这张照片太大了，每张不超过{mib}兆（MB）。请用拍照的办法重新拍一张。", { mib });
  }
  return "";
}
