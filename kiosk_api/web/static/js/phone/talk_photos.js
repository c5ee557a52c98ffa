/* Photos of papers, sent in the middle of a talk: they are kept with what was told, and go with it. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { call, sendAndSee } from "../photos/attach_api.js";
import { endsSending, lightCheck, together } from "../photos/limits.js";

/** The root is the label with the file input; it carries data-most and data-mib. */
export class TalkPhotos extends Component {
  /** `talk()` is the talk's id, `place(node)` puts something said by the citizen into the log, `say(words)` a sentence
      beside the box. */
  constructor(root, { talk, place, say }) {
    super(root);
    Object.assign(this, { talk, place, say, urls: [], busy: false });
  }

  init() {
    this.input = this.root.querySelector("input");
    this.mib = Number(this.root.dataset.mib);
    this.input.addEventListener("change", () => this.choose());
  }

  async choose() {
    const files = [...this.input.files];
    this.input.value = "";
    if (!files.length || this.busy) return;
    this.busy = true;
    this.input.disabled = true;
    const refused = await this.sendAll(files);
    this.busy = false;
    this.input.disabled = false;
    this.say(together(refused) || t("照片收到了，会和您说的一起交。"));
  }

  /** A sentence for each that was not kept. */
  async sendAll(files) {
    const refused = [];
    for (const [index, file] of files.entries()) {
      const why = lightCheck(file, this.mib);
      if (why) {
        refused.push(why);
        continue;
      }
      this.say(t("正在传第{number}张，共{all}张，请别关页面……", { number: index + 1, all: files.length }));
      try {
        this.add(await sendAndSee({ "X-Bundle": await this.bundle() }, file));
      } catch (error) {
        refused.push(error.detail);
        if (endsSending(error.code)) break;
      }
    }
    return refused;
  }

  /** The bundle of this talk: asking again gives the same one. */
  async bundle() {
    return (await call("POST", "/bundles", { "X-Talk": this.talk() })).bundle_token;
  }

  /** What was sent is shown as the office will see it. */
  add(blob) {
    const url = URL.createObjectURL(blob);
    this.urls.push(url);
    this.place(el("img", { class: "sent-photo", src: url, alt: t("第{number}张照片", { number: this.urls.length }) }));
  }

  wipe() {
    for (const url of this.urls.splice(0)) URL.revokeObjectURL(url);
  }
}
