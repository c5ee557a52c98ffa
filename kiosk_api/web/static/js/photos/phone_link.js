/* Pictures from one's own phone: a QR code to scan, and a look every two seconds for what arrived. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const POLL_MS = 2000;

export class PhoneLink extends Component {
  /** `look()` fetches what is in the bundle; `onEnd()` is called for 手机传完了. */
  constructor({ look, onEnd }) {
    super(el("div", { class: "attach-phone", hidden: true }));
    Object.assign(this, { look, onEnd });
  }

  /** Show a link of the server: {qr_svg, expires_in seconds}. */
  open(link) {
    this.connected = el("p", { class: "notice good", role: "status", hidden: true }, t("手机已经连上了，请在手机上选照片。"));
    this.root.replaceChildren(
      el("p", {}, t("用您手机的微信或相机扫这个码，在手机上选照片，照片会出现在这里。")),
      el("img", { class: "attach-qr", src: `data:image/svg+xml,${encodeURIComponent(link.qr_svg)}`,
        alt: t("给手机扫的二维码"), "data-expires": link.expires_in }),
      el("p", { class: "hint" }, t("这个码只能用一次，{minutes}分钟内有效。", { minutes: Math.round(link.expires_in / 60) })),
      this.connected,
      el("button", { type: "button", class: "button plain wide", click: () => this.onEnd() }, t("手机传完了")));
    this.root.hidden = false;
    clearInterval(this.poll);
    this.poll = setInterval(() => this.look(), POLL_MS);
  }

  showConnected(there) {
    if (this.connected) this.connected.hidden = !there;
  }

  close() {
    clearInterval(this.poll);
    this.connected = null;
    this.root.replaceChildren();
    this.root.hidden = true;
  }
}
