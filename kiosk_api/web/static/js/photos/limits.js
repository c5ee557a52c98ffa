/* What may be sent as a picture, as far as the page can tell without the server. */

import { t } from "../core/i18n.js";

export const ACCEPT = "image/jpeg,image/png,image/webp,image/gif,image/bmp";
const MIB = 1024 * 1024;
/** After these refusals the next picture would be refused as well. */
const LAST = ["too_many_pictures", "too_many_tries", "unreached"];

/** The sentence above the buttons: `most` pictures of `mib` MiB each. */
export function limitsSentence({ most, mib, optional }) {
  return optional
    ? t("可不填。最多{most}张照片，每张不超过{mib}兆（MB），可以是 JPG、PNG、WebP。PDF 请拍成照片，或带到窗口。", { most, mib })
    : t("最多放{most}张照片，每张不超过{mib}兆（MB），可以是 JPG、PNG、WebP。PDF 请拍成照片，或带到窗口。", { most, mib });
}

/** Why `file` cannot be sent, as a sentence; "" when it may be. */
export function lightCheck(file, mib) {
  if (file.type === "application/pdf" || /\.pdf$/i.test(file.name)) {
    return t("PDF 文件这里收不了。请把它拍成照片，或者打印出来带到窗口交。");
  }
  if (file.size > mib * MIB) {
    return t("这张照片太大了，每张不超过{mib}兆（MB）。截图请分几张截；照片请把相机的照片尺寸调小，再拍一张。", { mib });
  }
  return "";
}

/** Whether to stop sending after the error `code`. */
export const endsSending = (code) => LAST.includes(code);

/** Sentences of several refusals in one line, each once. */
export const together = (sentences) => [...new Set(sentences)].join(" ");
