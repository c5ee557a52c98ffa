/* A receipt read by a machine: by a USB scanner, which types very fast and ends with Enter, by
   pasting, or by a camera. What is read never reaches the address bar or the history. */

import { byId, el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";

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
    await import("../../vendor/jsQR.js");
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
  const start = el("button", { type: "button", id: "camera", class: "button",
    click: () => look(box, start, found) }, t("用摄像头扫二维码"));
  offer(box, start);
  return () => box.dispatchEvent(new Event("stop"));
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

async function look(box, start, found) {
  const say = el("p", { class: "busy", role: "status" }, t("正在打开摄像头……"));
  let stream = null;
  let going = true;
  box.addEventListener("stop", () => { if (going) stop(); }, { once: true });
  const stop = () => {
    going = false;
    for (const track of stream?.getTracks() ?? []) track.stop();
    removeEventListener("pagehide", stop);
    if (!box.isConnected) return;
    box.replaceChildren(start, ...(say.className.includes("notice") ? [say] : []));
    keepFocus(start);
  };
  const video = el("video", { playsinline: true, muted: true });
  const quit = el("button", { type: "button", id: "camera-stop", class: "button plain", click: stop }, t("不扫了"));
  box.replaceChildren(say, video, quit);
  keepFocus(quit);
  addEventListener("pagehide", stop);
  try {
    const read = await reader();
    if (!going) return undefined;
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (!going) { // stopped meanwhile: it comes too late
      for (const track of stream.getTracks()) track.stop();
      return undefined;
    }
    video.srcObject = stream;
    await video.play();
    say.textContent = t("请把回执上的二维码对着摄像头。");
    const canvas = document.createElement("canvas");
    while (going && box.isConnected) {
      const scan = readScan(await picture(video, canvas, read) ?? "");
      if (scan && going) {
        stop();
        found(scan);
        return undefined;
      }
      await new Promise((rest) => { setTimeout(rest, LOOK_MS); });
    }
  } catch {
    if (!going) return undefined; // whoever stopped it knows
    say.className = "notice warn";
    say.textContent = t("摄像头打不开。用扫码枪扫，或者在上面输入编号。");
  }
  return going ? stop() : undefined; // the page was wiped under us
}

async function picture(video, canvas, read) {
  if (!video.videoWidth) return null;
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0);
  return read(canvas);
}
