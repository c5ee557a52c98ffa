/* Pictures of papers: from the kiosk's camera, a USB stick, or one's own phone. This part brings the
   others together: the bundle at the server, the camera, the phone, the list and the messages. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { isShared, onPhone } from "../core/own_phone.js";
import { Camera, hasCamera } from "./attach_camera.js";
import { Bundle } from "./attach_api.js";
import { ACCEPT, limitsSentence, together } from "./limits.js";
import { PhoneLink } from "./phone_link.js";
import { PictureList } from "./picture_list.js";
import { Sending } from "./sending.js";

/** The root carries data-most and data-mib. wipe() stops the camera, forgets every picture here and has
    the server delete the bundle; it also runs when the page is left. */
export class Attachments extends Component {
  constructor(root, { onChange = () => {}, optional = true } = {}) {
    super(root);
    Object.assign(this, { onChange, optional });
    this.most = Number(root.dataset.most);
    this.mib = Number(root.dataset.mib);
    this.over = false;
    this.adopted = false;
    this.bundle = new Bundle();
    this.sending = new Sending((file, signal) => this.keep(file, signal));
    this.list = new PictureList({ load: (id) => this.bundle.picture(id), onRemove: (id) => this.remove(id) });
    this.phone = new PhoneLink({ look: () => this.look(), onEnd: () => this.phoneDone() });
    this.camera = new Camera({
      onPicture: (blob) => this.upload([blob]),
      onClose: () => this.cameraClosed(),
      onTrouble: (sentence) => this.complain(sentence),
    });
  }

  init() {
    const ownPhone = onPhone();
    this.status = el("p", { class: "busy", role: "status" });
    this.trouble = el("p", { class: "notice warn", role: "alert", hidden: true });
    const input = el("input", { type: "file", class: "attach-file", accept: ACCEPT, multiple: true,
      tabindex: "-1", "aria-hidden": "true", change: () => this.choose(input) });
    this.shoot = el("button", { type: "button", class: "button", hidden: true, click: () => this.openCamera() }, t("拍照"));
    this.pick = el("button", { type: "button", class: "button plain", click: () => input.click() },
      ownPhone ? t("从手机里选照片") : t("从U盘选照片"));
    this.byPhone = el("button", { type: "button", class: "button plain", hidden: ownPhone,
      click: () => this.openPhone() }, t("用手机传"));
    this.buttons = el("div", { class: "row" }, this.shoot, this.pick, this.byPhone);
    const noCamera = el("p", { class: "hint", hidden: true },
      ownPhone ? t("相机用不了。可以从手机里选照片，或者把材料带到窗口。")
        : t("这台机器没有相机，可以从U盘选照片、用手机传，或者把材料带到窗口。"));
    this.root.replaceChildren(
      el("p", { class: "hint" }, limitsSentence(this)),
      noCamera, this.buttons, input, this.camera.root, this.phone.root, this.trouble, this.status, this.list.hint, this.list.root);
    hasCamera().then((there) => {
      this.shoot.hidden = !there;
      noCamera.hidden = there || ownPhone; // a phone offers its own camera where photos are chosen
    });
    addEventListener("pagehide", () => this.wipe());
  }

  /** Go on with the pictures of a talk: they stay with it when this page is left on somebody's own phone. */
  takeOver(token) {
    this.adopted = true;
    this.bundle.token = token;
    this.look();
  }

  /** The token to hand in, null without pictures. */
  bundleToken() {
    return this.list.size ? this.bundle.token : null;
  }

  count() {
    return this.list.size;
  }

  busy() {
    return this.sending.busy;
  }

  settled() {
    return this.sending.settled();
  }

  giveUp() {
    this.sending.giveUp();
  }

  stopCamera() {
    this.camera.rest();
    this.buttons.hidden = !this.camera.root.hidden;
  }

  /** Whether a photo was taken and neither kept nor refused; the person then gets a message. */
  undecided() {
    if (!this.camera.undecided()) return false;
    this.complain(t("刚拍的这张还没有放进来。要用它，点“清楚，就用这张”；不用它，点“不要这张”。"));
    return true;
  }

  /** The server said the pictures are gone: empty the list, so that they can be taken again. */
  forget() {
    this.phone.close();
    this.bundle.forget();
    this.list.clear();
    this.changed();
    this.status.textContent = "";
  }

  wipe() {
    if (this.over) return;
    this.over = true;
    this.camera.stop();
    this.phone.close();
    this.list.close();
    if (!this.adopted || !onPhone() || isShared()) this.bundle.discard();
  }

  showButtons(there) {
    this.buttons.hidden = !there;
    const full = this.list.size >= this.most;
    for (const one of [this.shoot, this.pick, this.byPhone]) one.disabled = full;
    const next = [this.shoot, this.pick].find((one) => !one.hidden);
    if (there && next) next.focus({ preventScroll: true });
  }

  changed() {
    this.showButtons(!this.buttons.hidden || this.camera.root.hidden);
    const { size } = this.list;
    if (size) this.status.textContent = t("已经放了{count}张，最多{most}张。", { count: size, most: this.most });
    this.onChange(size);
  }

  complain(sentence) {
    this.trouble.textContent = sentence;
    this.trouble.hidden = !sentence;
  }

  openCamera() {
    this.complain("");
    this.phone.close();
    this.buttons.hidden = true;
    this.camera.open().then(() => { if (this.camera.root.hidden) this.showButtons(true); });
  }

  cameraClosed() {
    this.complain("");
    this.showButtons(true);
  }

  choose(input) {
    const files = [...input.files];
    input.value = "";
    this.upload(files);
  }

  async upload(files) {
    this.complain("");
    const refused = await this.sending.send(files, this.mib, (index) => {
      if (!this.over) this.status.textContent = t("正在放第{number}张，请稍等……", { number: index + 1 });
      return !this.over;
    });
    if (this.over) return;
    this.status.textContent = "";
    if (refused.length) this.complain(together(refused));
    this.changed();
    this.sending.settle();
  }

  async keep(file, signal) {
    try {
      await this.list.add(await this.bundle.send(file, signal));
    } catch (error) {
      if (!signal.aborted && error.code === "bundle_not_found") this.forget();
      throw error;
    }
  }

  remove(id) {
    return this.guarded(async () => {
      await this.bundle.remove(id);
      this.list.remove(id);
      this.changed();
    });
  }

  openPhone() {
    return this.guarded(async () => {
      this.camera.stop();
      const link = await this.bundle.phoneLink();
      if (!this.over) this.phone.open(link);
    });
  }

  /** Run `work` and tell what went wrong with it. */
  async guarded(work) {
    this.complain("");
    try {
      await work();
    } catch (error) {
      if (error.code === "bundle_not_found") this.forget();
      this.complain(error.detail || t("照片没有传上，请再试一次。"));
    }
  }

  /** Fetch what the phone has sent. */
  async look() {
    if (!this.bundle.token || this.sending.busy) return;
    try {
      const found = await this.bundle.contents();
      if (this.over || this.sending.busy) return;
      this.phone.showConnected(found.phone_came);
      const before = this.list.size;
      for (const one of found.items) await this.list.add(one);
      if (this.list.size !== before) this.changed();
      if (!found.phone_link_open) this.phone.close();
    } catch (error) {
      if (error.code !== "bundle_not_found") return;
      this.forget();
      this.complain(error.detail);
    }
  }

  phoneDone() {
    this.endPhone();
    this.showButtons(true);
  }

  async endPhone() {
    this.phone.close();
    if (!this.bundle.token) return;
    await this.look();
    if (this.bundle.token) this.bundle.endPhoneLink();
  }
}
