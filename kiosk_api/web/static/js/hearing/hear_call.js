/* A piece of speech is sent and becomes words; neither side keeps the sound. */

import { ApiError } from "../core/api.js";
import { ended, waitFor } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { RATE } from "./microphone.js";

const WAIT_MS = 30000;
const TRIES = 3; // while others are being heard
const HEAD = 44; // bytes

const unreached = () => t("现在听不了，请您打字，或请窗口工作人员帮忙。");

/** A WAV of 16 bit from blocks of samples between -1 and 1. */
export function wavOf(blocks) {
  const count = blocks.reduce((sum, one) => sum + one.length, 0);
  const view = new DataView(new ArrayBuffer(HEAD + 2 * count));
  const word = (place, text) => { for (let at = 0; at < 4; at += 1) view.setUint8(place + at, text.charCodeAt(at)); };
  word(0, "RIFF");
  view.setUint32(4, HEAD - 8 + 2 * count, true);
  word(8, "WAVE");
  word(12, "fmt ");
  view.setUint32(16, 16, true); // bytes of the description
  view.setUint16(20, 1, true);  // plain samples
  view.setUint16(22, 1, true);  // one channel
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, 2 * count, true);
  let place = HEAD;
  for (const block of blocks) {
    for (const one of block) {
      view.setInt16(place, Math.max(-1, Math.min(1, one)) * 32767, true);
      place += 2;
    }
  }
  return view.buffer;
}

/** {text, spelt} of a WAV for a field of `kind`. Asks again where others are being heard. Throws ApiError. */
export async function heardWords(wav, kind) {
  for (let left = TRIES - 1; ; left -= 1) {
    const { status, data, after } = await asked(wav, kind);
    if (status === 200) return data;
    if (data.code !== "hearing_busy" || !left) {
      throw new ApiError(status, data.code || "unreached", data.detail || unreached());
    }
    await waitFor(1000 * after);
  }
}

async function asked(wav, kind) {
  if (ended.aborted) return new Promise(() => {}); // the visit is over: nobody reads an answer
  try {
    const answer = await fetch(`/api/v1/hearing?kind=${kind}`, {
      method: "POST", body: wav, cache: "no-store", credentials: "same-origin",
      headers: { Accept: "application/json", "Content-Type": "audio/wav" },
      signal: AbortSignal.any([AbortSignal.timeout(WAIT_MS), ended]),
    });
    return { status: answer.status, data: await answer.json(), after: Number(answer.headers.get("Retry-After")) || 2 };
  } catch {
    if (ended.aborted) return new Promise(() => {});
    return { status: 0, data: {}, after: 0 };
  }
}
