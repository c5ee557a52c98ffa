/* The kiosk's camera: look, press once, look at the picture, keep it or take it again. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { onPhone } from "../core/own_phone.js";

const WANTED = { video: { facingMode: "environment", width: { ideal: 3264 }, height: { ideal: 2448 } }, audio: false };
const QUALITY = 0.92; // of the JPEG

/** Whether this machine seems to have a camera at all. */
export async function hasCamera() {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.some((one) => one.kind === "videoinput");
  } catch {
    return false; // plain http, or a browser without it
  }
}

/** A picture that was taken but neither kept nor refused outlives rest(), not stop(). */
export class Camera extends Component {
  constructor({ onPicture, onClose, onTrouble }) {
    super(el("div", { class: "attach-camera", hidden: true }));
    Object.assign(this, { onPicture, onClose, onTrouble });
    this.stream = null;
    this.taken = null; // {url}: a picture that waits for its yes or no
    this.opened = 0;   // a stream that arrives after stop() or a later open() is closed at once
  }

  async open() {
    this.stop();
    const mine = this.opened;
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia(WANTED);
    } catch {
      if (mine !== this.opened) return;
      this.onClose();
      this.complain();
      return;
    }
    if (mine !== this.opened) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.stream = stream;
    this.look();
  }

  complain() {
    this.onTrouble(onPhone() ? t("相机现在打不开。可以从手机里选照片，或者把材料带到窗口。")
      : t("相机现在打不开。可以从U盘选照片、用手机传，或者把材料带到窗口。"));
  }

  look() {
    const video = el("video", { class: "attach-view", playsinline: true, muted: true, "aria-label": t("相机里看到的") });
    video.muted = true;
    video.srcObject = this.stream;
    const shutter = el("button", { type: "button", class: "button wide attach-shutter", disabled: true,
      click: () => this.take(video) }, t("拍下这张"));
    video.addEventListener("playing", () => { shutter.disabled = false; }, { once: true });
    this.root.replaceChildren(
      el("p", {}, t("把纸放平，让整张纸都在画面里，再按下面的大按钮。")), video, shutter,
      el("button", { type: "button", class: "button plain wide", click: () => this.close() }, t("不拍了")));
    this.root.hidden = false;
    video.play().catch(() => this.complain());
    shutter.scrollIntoView({ block: "nearest" });
    shutter.focus();
  }

  take(video) {
    const canvas = el("canvas", { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const mine = { url: "" };
    this.taken = mine;
    canvas.toBlob((blob) => { if (this.taken === mine) this.confirm(blob); }, "image/jpeg", QUALITY);
  }

  confirm(blob) {
    this.taken.url = URL.createObjectURL(blob);
    const keep = el("button", { type: "button", class: "button wide attach-shutter",
      click: () => { this.close(); this.onPicture(blob); } }, t("清楚，就用这张"));
    this.root.replaceChildren(
      el("p", {}, t("字看得清楚吗？")),
      el("img", { class: "attach-view", src: this.taken.url, alt: t("刚拍的照片") }), keep,
      el("button", { type: "button", class: "button plain wide", click: () => this.again() }, t("不清楚，重拍")),
      el("button", { type: "button", class: "button plain wide", click: () => this.close() }, t("不要这张")));
    keep.focus();
  }

  again() {
    this.onTrouble("");
    this.forget();
    if (this.stream) this.look();
    else this.open();
  }

  close() {
    this.stop();
    this.onClose();
  }

  /** Switch the camera off; a picture that waits for its yes or no stays. */
  rest() {
    if (this.taken) this.switchOff();
    else this.stop();
  }

  stop() {
    this.switchOff();
    this.forget();
    this.root.replaceChildren();
    this.root.hidden = true;
  }

  switchOff() {
    this.opened += 1;
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }

  forget() {
    if (this.taken && this.taken.url) URL.revokeObjectURL(this.taken.url);
    this.taken = null;
  }

  /** Whether a picture waits for an answer, which is then brought into sight. */
  undecided() {
    if (this.taken) this.root.querySelector(".attach-shutter").focus();
    return Boolean(this.taken);
  }
}
