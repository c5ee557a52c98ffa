/* The kiosk's camera: look, press once, look at the picture, keep it or take it again. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const WANTED = { video: { facingMode: "environment", width: { ideal: 3264 }, height: { ideal: 2448 } }, audio: false };

/** Whether this machine seems to have a camera at all. */
export async function hasCamera() {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.some((one) => one.kind === "videoinput");
  } catch {
    return false; // plain http, or no such thing in this browser
  }
}

/** camera(box, {onPicture, onClose, onTrouble}) → {open(), rest(), stop(), undecided()}; box is filled
    and emptied here. A picture taken but neither kept nor refused outlives rest(), not stop(). */
export function camera(box, { onPicture, onClose, onTrouble }) {
  let stream = null;
  let taken = null; // {url}: a picture that waits for its yes or no
  let opening = 0; // a stream that comes after stop() or a later open() belongs to nobody

  function darken() {
    opening += 1;
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
  }

  function forget() {
    if (taken?.url) URL.revokeObjectURL(taken.url);
    taken = null;
  }

  function rest() {
    if (taken) darken();
    else stop();
  }

  function stop() {
    darken();
    forget();
    box.replaceChildren();
    box.hidden = true;
  }

  async function open() {
    stop();
    const mine = opening;
    let came = null;
    try {
      came = await navigator.mediaDevices.getUserMedia(WANTED);
    } catch {
      if (mine !== opening) return;
      onClose();
      onTrouble(t("相机现在打不开。可以从U盘选照片、用手机传，或者把材料带到窗口。"));
      return;
    }
    if (mine !== opening) {
      for (const track of came.getTracks()) track.stop();
      return;
    }
    stream = came;
    look();
  }

  function look() {
    const video = el("video", { class: "attach-view", playsinline: true, muted: true, "aria-label": t("相机里看到的") });
    video.muted = true;
    video.srcObject = stream;
    const shutter = el("button", { type: "button", class: "button wide attach-shutter", disabled: true,
      click: () => take(video) }, t("拍下这张"));
    video.addEventListener("playing", () => { shutter.disabled = false; }, { once: true });
    box.replaceChildren(
      el("p", {}, t("把纸放平，让整张纸都在画面里，再按下面的大按钮。")), video, shutter,
      el("button", { type: "button", class: "button plain wide", click: close }, t("不拍了")));
    box.hidden = false;
    video.play().catch(() => onTrouble(t("相机现在打不开。可以从U盘选照片、用手机传，或者把材料带到窗口。")));
    shutter.scrollIntoView({ block: "nearest" });
    shutter.focus();
  }

  function take(video) {
    const canvas = el("canvas", { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const mine = taken = { url: "" };
    canvas.toBlob((blob) => { if (taken === mine) confirm(blob); }, "image/jpeg", 0.92);
  }

  function confirm(blob) {
    taken.url = URL.createObjectURL(blob);
    const keep = el("button", { type: "button", class: "button wide attach-shutter",
      click: () => { stop(); onClose(); onPicture(blob); } }, t("清楚，就用这张"));
    box.replaceChildren(
      el("p", {}, t("字看得清楚吗？")),
      el("img", { class: "attach-view", src: taken.url, alt: t("刚拍的照片") }), keep,
      el("button", { type: "button", class: "button plain wide", click: again }, t("不清楚，重拍")),
      el("button", { type: "button", class: "button plain wide", click: close }, t("不要这张")));
    keep.focus();
  }

  function again() {
    onTrouble("");
    forget();
    if (stream) look();
    else open();
  }

  function close() {
    stop();
    onClose();
  }

  /** Whether a picture waits for an answer, which is then brought into sight. */
  function undecided() {
    if (taken) box.querySelector(".attach-shutter").focus();
    return Boolean(taken);
  }

  return { open, rest, stop, undecided };
}
