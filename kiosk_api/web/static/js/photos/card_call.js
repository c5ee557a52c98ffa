/* A photo of a card is sent and read once; neither side keeps it. */

import { ApiError } from "../core/api.js";
import { ended } from "../core/forget.js";
import { t } from "../core/i18n.js";

const WAIT_MS = 20000;
const LONGEST = 1600; // pixels: figures of a card are about 40 high then
const QUALITY = 0.9;

const unreached = () => t("现在读不了证件，请自己填写，或请窗口工作人员帮忙。");

/** A JPEG of what the camera shows now, at most 1600 pixels a side; null when there is no picture yet. */
export function shotOf(video) {
  const longest = Math.max(video.videoWidth, video.videoHeight);
  if (!longest) return Promise.resolve(null);
  const scale = Math.min(1, LONGEST / longest);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
}

/** {kind, name, id_number, address, case_number} of a photo. Throws ApiError. */
export async function readCard(photo) {
  if (ended.aborted) return new Promise(() => {}); // the visit is over: nobody reads an answer
  let status = 0;
  let data = {};
  try {
    const answer = await fetch("/api/v1/card", {
      method: "POST", body: photo, cache: "no-store", credentials: "same-origin",
      headers: { Accept: "application/json", "Content-Type": "image/jpeg" },
      signal: AbortSignal.any([AbortSignal.timeout(WAIT_MS), ended]),
    });
    data = await answer.json();
    status = answer.status;
  } catch {
    if (ended.aborted) return new Promise(() => {});
  }
  if (status !== 200) throw new ApiError(status, data.code || "unreached", data.detail || unreached());
  return data;
}
