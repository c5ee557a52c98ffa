/* Room for further pictures of papers on the status page. It is kept when the case is drawn again, so
   that urging, say, does not throw away what somebody has just photographed. */

import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { Attachments } from "../photos/attach.js";

/** The room for pictures of one case at a time. */
export class CasePictures {
  constructor() {
    this.number = null; // of the case whose room is kept
    this.room = null;
  }

  /** The room for this case's pictures, as it was left, or a new one: an Attachments with
      {node, taken()}. */
  roomFor(found) {
    if (!this.room || this.number !== found.case_number) {
      this.wipe();
      this.number = found.case_number;
      this.room = this.open(found);
    }
    this.room.stopCamera(); // its picture would freeze once the element has been moved
    return this.room;
  }

  open(found) {
    const box = el("div", { id: "pictures-box", class: "attach", tabindex: "-1",
      "data-most": found.pictures_left, "data-mib": byId("case").dataset.mib });
    const before = found.pictures ? el("p", {}, t("这件事里已经有{count}张照片。", { count: found.pictures })) : "";
    const room = Attachments.start(box, { optional: false });
    room.node = el("div", { class: "field" },
      el("p", {}, t("登记以后又找到的材料，拍成照片从这里交。交了就和这件事放在一起，不能自己删。")), before,
      el("p", { class: "error", id: "error-pictures_attachments", hidden: true }), box);
    room.taken = () => this.wipe(); // the case has them now: the next ones get a new room
    return room;
  }

  /** How many wait to be sent. */
  count() {
    return this.room ? this.room.count() : 0;
  }

  wipe() {
    if (this.room) this.room.wipe();
    this.room = null;
  }
}
