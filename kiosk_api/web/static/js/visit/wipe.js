/* 结束并清除: nothing stays on a screen in a hall. Where something unsaved would be lost it asks once. The screen is emptied before anything is asked of the
   server, which may be away. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { wipeMemory } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { comesBackWhole, inPhoneShell, isOwn } from "../core/own_phone.js";
import { forgetVisit } from "../core/phone_visit.js";
import { wouldLose } from "../core/unsaved.js";
import { untilBack } from "./outage.js";

/** The root is the button 结束并清除; an officer's page names in data-end where its end leads. */
export class EndOfVisit extends Component {
  init() {
    this.over = false;
    this.address = document.body.dataset.end || (inPhoneShell() ? "/end/m" : "/end");
    this.root.addEventListener("click", (event) => {
      event.preventDefault(); // by itself it leads to /end, for as long as this script is not loaded
      if (wouldLose()) this.ask();
      else this.wipe();
    });
    // The address stays, what was posted to it does not: going back must not send it again.
    history.replaceState(null, "", location.href);
    // A page that is left keeps nothing, and one the browser brings back all the same is reloaded. On somebody's own
    // phone a page may be left for a moment, for a call or another page, and the talk is there again as it was.
    addEventListener("pagehide", () => {
      if (this.over || isOwn()) return;
      this.over = true;
      empty();
    });
    addEventListener("pageshow", (event) => { if (event.persisted && !comesBackWhole()) location.reload(); });
  }

  ask() {
    const stay = el("button", { type: "button", id: "end-not", class: "button", click: () => dialog.close() }, t("留下，接着办"));
    const dialog = el("dialog", { id: "end-asked", "aria-labelledby": "end-title" },
      el("h2", { id: "end-title" }, t("还没提交的会清掉，找不回来。要结束吗？")), stay,
      el("button", { type: "button", id: "end-all", class: "button danger plain", click: () => this.wipe() }, t("结束并清除")));
    dialog.addEventListener("close", () => {
      dialog.remove();
      this.root.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    stay.focus();
  }

  wipe() {
    if (this.over) return;
    this.over = true;
    empty();
    globalThis.stop(); // scripts and pages that are still being loaded must not arrive now
    history.replaceState(null, "", this.address); // so that even a reload ends the visit
    this.showEnd();
    clearStores();
    this.leave();
  }

  /** What is read while the server is asked for the home page, and for as long as it is away. */
  showEnd() {
    const main = document.createElement("main");
    const words = document.createElement("h1");
    const again = document.createElement("a");
    words.textContent = t("已经清除，请重新开始");
    if (document.body.dataset.end) again.textContent = t("回帮人填表");
    else again.textContent = this.address === "/end" ? t("回首页") : t("重新开始");
    again.className = "button";
    again.href = this.address;
    main.id = "wiped";
    main.append(words, again);
    document.body.append(main);
  }

  /** Home by way of /end, which clears cookies and cache; waits while nobody answers. */
  async leave() {
    await untilBack((ms) => new Promise((done) => setTimeout(done, ms)));
    location.replace(this.address);
  }
}

/** Everything of the person that this document holds; takes one frame. */
function empty() {
  wipeMemory();
  for (const media of document.querySelectorAll("video, audio")) {
    for (const track of media.srcObject ? media.srcObject.getTracks() : []) track.stop();
    media.srcObject = null;
  }
  for (const field of document.querySelectorAll("input, textarea, select")) field.value = "";
  document.body.replaceChildren();
  if (document.adoptedStyleSheets) document.adoptedStyleSheets = [];
  const selected = getSelection();
  if (selected) selected.removeAllRanges();
  document.title = t("24小时信访服务");
}

async function clearStores() {
  forgetVisit();
  for (const name of ["sessionStorage", "localStorage"]) {
    try {
      globalThis[name].clear();
    } catch {
      /* storage switched off: nothing to clear */
    }
  }
  try {
    const known = indexedDB.databases ? await indexedDB.databases() : [];
    for (const { name } of known) indexedDB.deleteDatabase(name);
    for (const name of await caches.keys()) if (!name.startsWith("shell")) await caches.delete(name);
  } catch {
    /* not offered on plain http: nothing could have been kept there */
  }
}
