/* The page on a phone: one visit, several pictures. The code leaves the address once it is used. */

import { newKey } from "../core/api.js";
import { pageToken } from "../core/codes.js";
import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { forgetVisit, keepVisit, keptVisit } from "../core/phone_visit.js";
import { call, sendAndSee } from "./attach_api.js";
import { endsSending, lightCheck, together } from "./limits.js";
import { PictureList } from "./picture_list.js";

/** The root holds the two buttons for pictures and shows only while the visit is open. */
export class PhoneUpload extends Component {
  init() {
    this.status = byId("upload-status");
    this.trouble = byId("upload-trouble");
    this.again = byId("upload-again");
    this.mib = Number(this.root.dataset.mib);
    this.most = Number(this.root.dataset.most);
    this.count = 0;
    this.sent = new PictureList({ load: async () => null });
    this.root.append(this.sent.hint, this.sent.root);
    for (const id of ["upload-camera", "upload-album"]) {
      byId(id).addEventListener("change", (event) => this.upload(event.target));
    }
    this.again.addEventListener("click", () => this.openVisit());
    addEventListener("hashchange", () => { if (location.hash) this.begin(); }); // scanned again in the same tab
    this.begin();
  }

  /** Use the code in the address, or go on with the visit that was begun in this browser. */
  begin() {
    this.link = pageToken(location, "u") || "";
    const kept = keptVisit(this.link);
    this.resumed = Boolean(kept);
    // chosen here and kept before it is sent: asking again after a lost answer is no second phone
    this.visit = kept || newKey();
    if (!kept) keepVisit(this.link, this.visit);
    this.openVisit();
  }

  async openVisit() {
    this.complain("");
    this.again.hidden = true;
    try {
      const opened = await call("POST", "/phone-visits", { "X-Upload-Link": this.link, "X-Visit": this.visit });
      if (this.link) keepVisit(this.link, this.visit, opened.expires_in);
      this.leaveAddress();
      this.count = opened.count;
      this.most = opened.most;
      this.root.hidden = false;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.over(t("时间到了。还要传，请在自助机上再点一次“用手机传”，扫新的码。")), opened.expires_in * 1000);
      this.showCount();
      byId("upload-resumed").hidden = !this.resumed;
    } catch (error) {
      if (error.unsure) this.end(t("现在连不上自助机。请看看手机有没有网，再试一次。"));
      else this.over(error.detail);
      this.again.hidden = !error.unsure;
    }
  }

  /** A code that may still be needed stays in the address: the page may be loaded anew meanwhile. */
  leaveAddress() {
    history.replaceState(null, "", "/u");
  }

  async upload(input) {
    const files = [...input.files];
    input.value = "";
    this.complain("");
    byId("upload-resumed").hidden = true;
    const refused = await this.sendAll(files);
    if (!refused) return;
    try {
      ({ count: this.count } = await call("GET", "", { "X-Visit": this.visit }));
    } catch {
      /* our own count will do */
    }
    this.showCount();
    if (refused.length) this.complain(together(refused));
  }

  /** A sentence for each refusal; null when the visit has ended. */
  async sendAll(files) {
    const refused = [];
    for (const [index, file] of files.entries()) {
      const why = lightCheck(file, this.mib);
      if (why) {
        refused.push(why);
        continue;
      }
      this.status.textContent = t("正在传第{number}张，共{all}张，请别关页面……", { number: index + 1, all: files.length });
      try {
        const kept = await sendAndSee({ "X-Visit": this.visit }, file);
        this.count += 1;
        this.showKept(kept);
      } catch (error) {
        if (error.code === "upload_link_dead") {
          this.over(error.detail);
          return null;
        }
        refused.push(error.detail);
        if (error.unsure && index + 1 < files.length) {
          refused.push(t("后面的{left}张也没有传，请过一会儿再选一次。", { left: files.length - index - 1 }));
        }
        if (endsSending(error.code)) break;
      }
    }
    return refused;
  }

  /** What was sent is shown as it was kept: one that has not become readable can be sent anew. */
  showKept(blob) {
    if (blob instanceof Blob) this.sent.add({ id: this.sent.size }, blob);
  }

  complain(sentence) {
    this.trouble.textContent = sentence;
    this.trouble.hidden = !sentence;
  }

  showCount() {
    const { count, most } = this;
    this.status.textContent = count ? t("自助机上现在有{count}张照片，最多{most}张。", { count, most }) : "";
    byId("upload-done").hidden = !count;
  }

  /** Nothing of the visit is kept any more. */
  over(sentence) {
    clearTimeout(this.timer);
    forgetVisit();
    this.leaveAddress();
    this.end(sentence);
  }

  end(sentence) {
    this.root.hidden = true;
    this.sent.clear();
    this.complain(sentence);
  }
}
