/* Room for further pictures of papers on the status page. It outlives a new drawing of the page, so
   that urging, say, does not throw away what somebody has just photographed. */

import { mountAttachments, stopCamera, wipe } from "../photos/attach.js";
import { byId, el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { onWipe } from "../core/forget.js";

let kept = null;

/** The room for this case's pictures, as it was left, or a new one:
    what mountAttachments gives, and {number, node, taken()}. */
export function picturesFor(found) {
  if (kept?.number !== found.case_number) kept = room(found);
  stopCamera(); // the picture would stand still once its element has been moved
  return kept;
}

function room(found) {
  wipe();
  const box = el("div", { id: "pictures-box", class: "attach", tabindex: "-1",
    "data-most": found.pictures_left, "data-mib": byId("case").dataset.mib });
  const had = found.pictures ? el("p", {}, t("这件事里已经有{count}张照片。", { count: found.pictures })) : "";
  const node = el("div", { class: "field" },
    el("p", {}, t("登记以后又找到的材料，拍成照片从这里交。交了就和这件事放在一起，不能自己删。")), had,
    el("p", { class: "error", id: "error-pictures_attachments", hidden: true }), box);
  const mounted = mountAttachments(box, { optional: false });
  return {
    ...mounted,
    number: found.case_number,
    node,
    /** The case has them now: the next ones get a new room. */
    taken() {
      wipe();
      kept = null;
    },
  };
}

onWipe(() => {
  wipe();
  kept = null;
});
