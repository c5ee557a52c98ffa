/* A receipt read by a machine: by a USB scanner, which types very fast and ends with Enter, by
   pasting, or by a camera. What is read never reaches the address bar or the history. */

import { byId, el } from "./dom.js";
import { t } from "./i18n.js";

const FAST_MS = 60; // a key on average: no finger keeps this up; scanners need 1 to 20 ms
const GAP_MS = 250; // a longer pause ends a burst; a busy machine may hiccup within one
const LEAST = 12; // characters; the shortest case number without its dashes is longer
const LOOK_MS = 150; // between two looks at the camera's picture
const TOKEN = /^[A-Za-z0-9_-]{16,64}$/;
const NUMBER = /^XF\d{8}-?[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{2}$/i;

/** {lookup_token}, {case_number}, or null when it is neither our receipt's address nor a number. */
export function readScan(text) {
  const plain = text.normalize("NFKC").trim();
  if (NUMBER.test(plain)) return { case_number: plain.toUpperCase() };
  try {
    const address = new URL(plain);
    const token = address.hash.slice(1);
    if (!["http:", "https:"].includes(address.protocol) || address.pathname !== "/r") return null;
    return TOKEN.test(token) ? { lookup_token: token } : null;
  } catch {
    return null;
  }
}

/** Watch the whole page; `found({lookup_token} | {case_number})` is called for each scan. */
export function watchScans(found) {
  let typed = "";
  let first = 0;
  let last = 0;
  let field = null; // where the burst went, and what stood there before it
  let before = "";
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const goesOn = event.timeStamp - last < GAP_MS;
    last = event.timeStamp;
    if (event.key === "Enter" || event.key === "Tab") {
      const fast = goesOn && last - first < FAST_MS * typed.length;
      const burst = fast && typed.length >= LEAST ? typed : "";
      typed = "";
      const scan = burst && readScan(burst);
      if (!scan) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (field) field.value = before;
      found(scan);
    } else if (event.key.length === 1) {
      if (!goesOn || !typed) {
        typed = "";
        first = last;
        field = event.target.matches?.("input, textarea") ? event.target : null;
        before = field?.value ?? "";
      }
      typed += event.key;
    }
  }, { capture: true });
  addEventListener("paste", (event) => {
    const scan = readScan(event.clipboardData?.getData("text") ?? "");
    if (!scan) return;
    event.preventDefault();
    found(scan);
  }, { capture: true });
}

/** (canvas) → text or null. The browser's own reader first; ours is loaded only when needed. */
async function reader() {
  const ours = async () => {
    await import("../vendor/jsQR.js");
    return (canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
      return self.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
    };
  };
  if (!("BarcodeDetector" in window)) return ours();
  let read = null;
  return async (canvas) => {
    if (read) return read(canvas);
    try {
      const [code] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(canvas);
      return code?.rawValue ?? null;
    } catch {
      read = await ours(); // present but not able: as on some Linux desktops
      return read(canvas);
    }
  };
}

/** The camera button in `box`: shown where there is a camera, a sentence where there is none.
    Answers `stop`, which switches a camera that is looking off. */
export function offerCamera(box, found) {
  let stop = () => {};
  const start = el("button", { type: "button", id: "camera", class: "button",
    click: () => { stop = look(box, start, found); } }, t("用摄像头扫二维码"));
  offer(box, start);
  return () => stop();
}

async function offer(box, start) {
  let devices = [];
  try {
    devices = await navigator.mediaDevices.enumerateDevices();
  } catch {
    /* plain http on another machine, or no such feature */
  }
  box.replaceChildren(devices.some((one) => one.kind === "videoinput") ? start
    : el("p", { id: "no-camera" }, t("这台机器没有摄像头。用扫码枪扫，或者在上面输入编号。")));
}

/** Look until a receipt is seen or the answered function is called. */
function look(box, start, found) {
  const say = el("p", { class: "busy", role: "status" }, t("正在打开摄像头……"));
  const video = el("video", { playsinline: true, muted: true });
  const off = new AbortController();
  const stop = (...notice) => {
    if (off.signal.aborted) return;
    off.abort();
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    removeEventListener("pagehide", quit);
    if (box.isConnected) box.replaceChildren(start, ...notice);
  };
  const quit = () => stop();
  box.replaceChildren(say, video,
    el("button", { type: "button", id: "camera-stop", class: "button plain", click: quit }, t("不扫了")));
  addEventListener("pagehide", quit);
  watch(video, say, off.signal).then((scan) => {
    if (off.signal.aborted) return;
    quit();
    found(scan);
  }, () => {
    say.className = "notice warn";
    say.textContent = t("摄像头打不开。用扫码枪扫，或者在上面输入编号。");
    stop(say);
  });
  return quit;
}

/** What the camera reads; null once `off`. A stream that comes only then is switched off at once. */
async function watch(video, say, off) {
  const read = await reader();
  if (off.aborted) return null;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  if (off.aborted) {
    for (const track of stream.getTracks()) track.stop();
    return null;
  }
  video.srcObject = stream;
  await video.play();
  say.textContent = t("请把回执上的二维码对着摄像头。");
  const canvas = document.createElement("canvas");
  while (!off.aborted) {
    const scan = readScan(await picture(video, canvas, read) ?? "");
    if (scan) return scan;
    await new Promise((rest) => { setTimeout(rest, LOOK_MS); });
  }
  return null;
}

async function picture(video, canvas, read) {
  if (!video.videoWidth) return null;
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0);
  return read(canvas);
}
