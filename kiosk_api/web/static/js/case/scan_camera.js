/* A receipt held to a camera; how it is read is loaded when it is asked for. */

import { Component } from "../core/component.js";
import { el, keepFocus } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** The root holds the camera button: shown where there is a camera, a sentence where there is none. */
export class ScanCamera extends Component {
  /** `found({lookup_token} | {case_number, mac?})` is called for a receipt. */
  constructor(root, found) {
    super(root);
    this.found = found;
    this.view = null; // while the camera is on
    this.looks = 0;
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

  async look() {
    const mine = this.looks += 1; // what comes after stop() or a second press is not opened
    const { CameraView } = await import("./camera_view.js");
    if (mine !== this.looks || !this.root.isConnected) return;
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
    this.looks += 1;
    if (this.view) this.view.stop();
  }
}
