/* A receipt before the camera: its QR code is found by itself, its printed number at a press. */

import { get } from "../core/api.js";
import { readScan } from "../core/codes.js";
import { Component } from "../core/component.js";
import { el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { onPhone } from "../core/own_phone.js";
import { readCard, shotOf } from "../photos/card_call.js";
import { notAReceipt } from "./scan_keys.js";

const LOOK_MS = 150; // between two looks at the camera's picture

/** The camera's picture, from its start to its stop. */
export class CameraView extends Component {
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
    this.number = el("button", { type: "button", id: "read-number", class: "button", hidden: true, click: () => this.readNumber() },
      t("读上面的编号"));
    this.root.replaceChildren(this.note, this.video, this.number, quit);
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
      get("/card").then(({ available }) => { this.number.hidden = !available; }, () => {});
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

  /** The number is printed beside the code, which may be torn or dirty. The photo is read once and dropped. */
  async readNumber() {
    const photo = await shotOf(this.video);
    if (!photo || !this.going) return;
    this.number.disabled = true;
    this.note.textContent = t("正在读，请稍等……");
    let said = t("没有读到编号。请把回执放平、放亮一点，再读一次，也可以输入编号。");
    try {
      const { case_number: number } = await readCard(photo);
      if (!this.going) return;
      if (number) {
        this.stop();
        this.onScan({ case_number: number });
        return;
      }
    } catch (error) {
      said = error.detail;
    }
    this.number.disabled = false;
    if (this.going) this.note.textContent = said;
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
