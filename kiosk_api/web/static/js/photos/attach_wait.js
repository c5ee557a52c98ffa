/* Pictures that are still being sent would not go along: whoever hands in waits for them. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** True when whoever waits may go on: no photo wants a yes or no, and nothing is on its way any
    more. `box` shows the waiting and a button that ends it; a second call meanwhile is told no. */
export async function allThere(pictures, box) {
  if (box.childElementCount) return false;
  if (pictures.undecided()) return false;
  if (!pictures.busy()) return true;
  let over = false;
  box.replaceChildren(el("span", { role: "status" }, t("照片还在放，请等一下。")), el("button", { type: "button",
    id: "wait-no-more", class: "button plain", click: () => { over = true; pictures.giveUp(); } }, t("不等了，没放好的先不要")));
  const kept = await pictures.settled();
  box.replaceChildren();
  return kept || over;
}
