/* The page on a phone: one visit, several pictures. The token leaves the address at once. */

import { newKey } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";
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
    this.visit = newKey(); // chosen here, so that asking again after a lost answer is no second phone
    for (const id of ["upload-camera", "upload-album"]) {
      byId(id).addEventListener("change", (event) => this.upload(event.target));
    }
    this.again.addEventListener("click", () => this.openVisit());
    this.link = location.hash.slice(1); // kept here for as long as it may be needed
    history.replaceState(null, "", location.pathname);
    this.openVisit();
  }

  async openVisit() {
    this.complain("");
    this.again.hidden = true;
    try {
      const opened = await call("POST", "/phone-visits", { "X-Upload-Link": this.link, "X-Visit": this.visit });
      this.link = "";
      this.count = opened.count;
      this.most = opened.most;
      this.root.hidden = false;
      setTimeout(() => this.end(t("时间到了。还要传，请在自助机上再点一次“用手机传”，扫新的码。")), opened.expires_in * 1000);
      this.showCount();
    } catch (error) {
      this.end(error.unsure ? t("现在连不上自助机。请看看手机有没有网，再试一次。") : error.detail);
      this.again.hidden = !error.unsure;
    }
  }

  async upload(input) {
    const files = [...input.files];
    input.value = "";
    this.complain("");
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
          this.end(error.detail);
          return null;
        }
        refused.push(error.detail);
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

  end(sentence) {
    this.root.hidden = true;
    this.sent.clear();
    this.complain(sentence);
  }
}
