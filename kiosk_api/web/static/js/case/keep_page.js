/* How a case is kept on a phone: its page as a favourite, on the home screen, or as a link; its papers as a file. The address itself is what
   is kept; its token stands behind the #, which no server gets to see. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { button, icon } from "../core/parts.js";
import { tail } from "./action_fields.js";

/** Where this browser has its favourites, in a sentence. */
export function howToKeep(agent) {
  if (/MicroMessenger/i.test(agent)) return t("点右上角的“···”，再点“收藏”。以后在微信“我”里的“收藏”打开。");
  if (/iPhone|iPad|iPod/.test(agent)) return t("点屏幕下面的分享按钮（方框带箭头），再点“添加到主屏幕”。");
  if (/Android/.test(agent)) return t("点右上角的菜单，再点“添加到主屏幕”或者“收藏”。");
  return t("点浏览器的菜单，再点“收藏”或者“添加到主屏幕”。");
}

export class KeepPage extends Component {
  constructor(token) {
    super(el("section", { class: "card keep-page", "aria-labelledby": "keep-title" }));
    this.token = token;
  }

  init() {
    this.done = el("p", { class: "busy", role: "status" });
    this.root.append(
      el("h2", { id: "keep-title" }, icon("keep"), " ", t("收藏这个页面，下次直接看")),
      el("p", {}, howToKeep(navigator.userAgent)),
      button("save", t("复制链接"), "plain wide", () => this.copy(), { id: "copy-link" }),
      this.done,
      el("details", { class: "step" }, el("summary", {}, t("下载我的材料")),
        el("form", { method: "post", action: "/materials", target: "_blank", rel: "noopener", autocomplete: "off" },
          el("input", { type: "hidden", name: "lookup_token", value: this.token }),
          tail("materials"), el("button", { type: "submit", class: "button" }, t("下载")))),
      el("p", { class: "muted" }, t("拿到链接的人都能查这件事，请别转发。不是自己的手机，看完点右上角，再点“结束并清除”。")));
  }

  async copy() {
    this.done.textContent = await copied(location.href) ? t("复制好了，可以粘贴到微信“文件传输助手”里存着。")
      : t("没复制上，请用上面的办法收藏。");
  }
}

/** Whether `text` is on the clipboard now; the second way is that of pages without https and of older browsers. */
async function copied(text) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    /* not allowed: the other way may be */
  }
  return copiedFromBox(text);
}

function copiedFromBox(text) {
  const box = el("textarea", { class: "off-screen", readonly: true, "aria-hidden": "true", tabindex: "-1" });
  box.value = text;
  document.body.append(box);
  box.select();
  box.setSelectionRange(0, text.length);
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
