/* The page shown while nobody answers: it opens what was wanted as soon as somebody does. */

import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { answers, pause } from "./outage.js";

const POSTED = ["/receipt", "/end", "/end/m"]; // addresses that are no page of their own

/** The root is the note that tells of the tries. */
export class Reconnect extends Component {
  init() {
    this.attempt = 0;
    byId("again").addEventListener("click", () => this.look());
    addEventListener("online", () => this.look());
    this.look();
  }

  async look() {
    clearTimeout(this.timer);
    this.root.textContent = t("正在重新连接……");
    if (await answers()) {
      open();
      return;
    }
    const ms = pause(this.attempt);
    this.attempt += 1;
    this.root.textContent = t("还没连上，{seconds}秒后自动再试。", { seconds: Math.ceil(ms / 1000) });
    this.timer = setTimeout(() => this.look(), ms);
  }
}

function open() {
  if (POSTED.includes(location.pathname) || location.pathname.startsWith("/offline")) location.replace("/");
  else location.reload();
}
