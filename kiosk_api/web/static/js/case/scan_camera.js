/* A receipt's QR code read by a camera. */

import { readScan } from "../core/codes.js";
import { Component } from "../core/component.js";
import { el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { onPhone } from "../core/own_phone.js";
import { notAReceipt } from "./scan_keys.js";

const LOOK_MS = 150; // between two looks at the camera's picture

/** The root holds the camera button: shown where there is a camera, a sentence where there is none. */
export class ScanCamera extends Component {
  /** `found({lookup_token} | {case_number, mac?})` is called for a receipt. */
  constructor(root, found) {
    super(root);
    this.found = found;
    this.view = null; // while the camera is on
  }

  init() {
    this.start = el("button", { type: "button", id: "camera", class: "button", click: () => this.look() },
      t("用摄像头扫二维码"));
    this.offer();
  }

  async offer() {
    let devices = [];
    try {
      devices = await navigator.mediaDevices.enumerateDevices();
    } catch {
      /* plain http on another machine, or a browser without it */
    }
    this.root.replaceChildren(devices.some((one) => one.kind === "videoinput") ? this.start
      : el("p", { id: "no-camera", class: "in-hall" }, t("这台机器没有摄像头。用扫码枪扫，或者输入编号。")));
  }

  look() {
    this.view = new CameraView(this.root, { onScan: this.found, onEnd: (problem) => {
      this.view = null;
      if (!this.root.isConnected) return;
      this.root.replaceChildren(this.start, ...problem);
      keepFocus(this.start);
    } });
    this.view.init();
  }

  /** Switch a camera that is looking off. */
  stop() {
    if (this.view) this.view.stop();
  }
}

/** The camera's picture, from its start to its stop. */
class CameraView extends Component {
  constructor(root, { onScan, onEnd }) {
    super(root);
    Object.assign(this, { onScan, onEnd });
    this.going = true;
    this.stream = null;
    this.stop = this.stop.bind(this);
  }

  init() {
    this.note = el("p", { class: "busy", role: "status" }, t("正在打开摄像头……"));
    this.video = el("video", { playsinline: true, muted: true });
    const quit = el("button", { type: "button", id: "camera-stop", class: "button plain", click: () => this.stop() },
      t("不扫了"));
    this.root.replaceChildren(this.note, this.video, quit);
    keepFocus(quit);
    addEventListener("pagehide", this.stop);
    this.run();
  }

  stop() {
    if (!this.going) return;
    this.going = false;
    for (const track of this.stream ? this.stream.getTracks() : []) track.stop();
    removeEventListener("pagehide", this.stop);
    this.onEnd(this.note.className.includes("notice") ? [this.note] : []);
  }

  async run() {
    try {
      const read = await codeReader();
      if (!this.going) return;
      await this.film();
      if (!this.going) return;
      this.note.textContent = t("请把回执上的二维码对着摄像头。");
      const scan = await this.watch(read);
      if (!scan) return;
      this.stop();
      this.onScan(scan);
    } catch {
      if (!this.going) return; // it was stopped on purpose
      this.note.className = "notice warn";
      this.note.textContent = onPhone() ? t("摄像头打不开，请输入编号。") : t("摄像头打不开。用扫码枪扫，或者输入编号。");
      this.stop();
    }
  }

  async film() {
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (!this.going) { // stopped meanwhile: it comes too late
      for (const track of this.stream.getTracks()) track.stop();
      return;
    }
    this.video.srcObject = this.stream;
    await this.video.play();
  }

  /** The first receipt seen; null when it was stopped, or the page was wiped meanwhile. */
  async watch(read) {
    const canvas = document.createElement("canvas");
    while (this.going && this.root.isConnected) {
      const text = await this.readPicture(canvas, read);
      const scan = text ? readScan(text) : null;
      if (scan && !scan.not && this.going) return scan;
      if (scan && scan.not && this.going) this.note.textContent = notAReceipt(scan);
      await new Promise((done) => { setTimeout(done, LOOK_MS); });
    }
    this.stop();
    return null;
  }

  async readPicture(canvas, read) {
    const { video } = this;
    if (!video.videoWidth) return null;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0);
    return read(canvas);
  }
}

/** (canvas) → text or null. The browser's own reader first; ours is loaded only when needed. */
async function codeReader() {
  const Reader = window.BarcodeDetector;
  if (!Reader) return ourReader();
  let read = null;
  return async (canvas) => {
    if (read) return read(canvas);
    try {
      const [code] = await new Reader({ formats: ["qr_code"] }).detect(canvas);
      return (code && code.rawValue) || null;
    } catch {
      read = await ourReader(); // present but not able: as on some Linux desktops
      return read(canvas);
    }
  };
}

async function ourReader() {
  await import("../../vendor/jsQR.js");
  return (canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const found = self.jsQR(data, width, height, { inversionAttempts: "dontInvert" });
    return found ? found.data : null;
  };
}
