/* The code of a draft that was kept: large, and where to go on with it. In a hall a phone reads it as a QR code. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { onPhone } from "../core/own_phone.js";

/** `saved`: {resume_code, url, qr_svg, days} of the chat's answer. */
export function savedCode({ resume_code: code, qr_svg: picture, days }) {
  return el("section", { class: "card saved-code", "aria-label": t("续填码") },
    el("p", { class: "muted" }, t("续填码")),
    el("strong", { class: "number code" }, code),
    onPhone() ? el("p", {}, t("在大厅接着办：到自助机上点“说给助手听”，说“接着填 {code}”。", { code })) : [
      el("img", { id: "saved-qr", src: `data:image/svg+xml,${encodeURIComponent(picture)}`,
        alt: t("给手机扫的二维码") }),
      el("p", {}, t("想回家接着说，用手机的微信或相机扫这个码。"))],
    el("p", { class: "muted" }, t("{days}天内有效。拿到码的人能看到您写的，别给别人。", { days })));
}
