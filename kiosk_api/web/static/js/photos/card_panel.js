/* An identity card before the camera: hold it into the frame, press once, check what was read, fill it in. Loaded when
   somebody asks for it. The photo is dropped as soon as it is read; what was read, as soon as it is used or refused. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { readCard, shotOf } from "./card_call.js";

const WANTED = { video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } }, audio: false };

/** Brings an element of its own. `onRead({name, id_number, address})` fills in, `onClose()` puts the button back. */
export class CardPanel extends Component {
  constructor({ onRead, onClose }) {
    super(el("div", { class: "attach-camera card-panel", role: "group", "aria-label": t("用身份证填") }));
    Object.assign(this, { onRead, onClose });
    this.stream = null;
    this.tries = 0; // a stream or an answer of an earlier try comes too late
    this.stop = this.stop.bind(this);
  }

  init() {
    addEventListener("pagehide", this.stop);
    this.open();
  }

  async open() {
    this.switchOff();
    const mine = this.tries;
    const quit = this.quit(t("不拍了"));
    this.show(el("p", { class: "busy", role: "status" }, t("正在打开摄像头……")), quit);
    quit.focus();
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia(WANTED);
    } catch {
      if (mine === this.tries) this.trouble(t("摄像头打不开，请自己填写。"));
      return;
    }
    if (mine !== this.tries) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.stream = stream;
    this.look();
  }

  look() {
    const video = el("video", { class: "card-view", playsinline: true, "aria-label": t("相机里看到的") });
    video.muted = true;
    video.srcObject = this.stream;
    const shutter = el("button", { type: "button", class: "button wide attach-shutter", disabled: true,
      click: () => this.take(video) }, t("拍身份证"));
    video.addEventListener("playing", () => {
      shutter.disabled = false;
      shutter.focus();
    }, { once: true });
    this.show(el("p", {}, t("把身份证有照片的一面放进框里，放平、不反光，再按大按钮。")),
      el("div", { class: "card-look" }, video), shutter, this.quit(t("不拍了")));
    video.play().catch(() => this.trouble(t("摄像头打不开，请自己填写。")));
    shutter.scrollIntoView({ block: "center" });
  }

  async take(video) {
    const mine = this.tries;
    const photo = await shotOf(video);
    if (mine !== this.tries || !photo) return;
    this.switchOff();
    const reading = this.tries;
    const quit = this.quit(t("不要了"));
    this.show(el("p", { class: "busy", role: "status" }, t("正在读，请稍等……")), quit);
    quit.focus();
    try {
      const read = await readCard(photo);
      if (reading === this.tries) this.answer(read);
    } catch (error) {
      if (reading === this.tries) this.trouble(error.detail || error.message);
    }
  }

  answer(read) {
    if (read.kind !== "id_card") {
      this.trouble(t("没读出来。请用身份证有照片的一面，放平、放亮一点，再拍一次；也可以自己填。"));
      return;
    }
    const fill = el("button", { type: "button", class: "button wide attach-shutter", click: () => {
      this.stop();
      this.onRead(read);
    } }, t("对，填上"));
    const row = (label, value, note = "") => [el("dt", {}, label),
      el("dd", {}, value ? el("strong", {}, value) : t("没读出来，请自己填"), value && note)];
    this.show(
      el("p", { role: "status" }, t("读出来是这样，请对照身份证看一遍：")),
      el("dl", { class: "card-read" },
        row(t("姓名"), read.name),
        row(t("号码"), grouped(read.id_number), t("（校验正确）")),
        row(t("住址"), read.address)),
      el("p", { class: "hint" }, t("照片已经丢掉，没有保存。")), fill, this.again(), this.quit(t("不要了")));
    fill.focus();
    fill.scrollIntoView({ block: "nearest" });
  }

  trouble(sentence) {
    this.switchOff();
    const again = this.again();
    this.show(el("p", { class: "notice warn", role: "alert" }, sentence), again, this.quit(t("自己填")));
    again.focus();
  }

  again() {
    return el("button", { type: "button", class: "button plain wide", click: () => this.open() }, t("再拍一次"));
  }

  quit(words) {
    return el("button", { type: "button", class: "button plain wide", click: () => {
      this.stop();
      this.onClose();
    } }, words);
  }

  show(...parts) {
    this.root.replaceChildren(...parts);
  }

  switchOff() {
    this.tries += 1;
    for (const track of this.stream ? this.stream.getTracks() : []) track.stop();
    this.stream = null;
  }

  /** Camera off, and nothing of photo or card left. */
  stop() {
    this.switchOff();
    removeEventListener("pagehide", this.stop);
    this.root.remove();
    this.root.replaceChildren();
  }
}

/** 110105 19491231 002X: as people compare it. */
const grouped = (number) => number.replace(/^(.{6})(.{8})(.{4})$/, "$1 $2 $3");
