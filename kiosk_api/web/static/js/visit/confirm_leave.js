/* One stray tap on a link does not throw away what somebody has typed: it is asked first. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

/** Ask before a link leads away while `typed()`; `leave(address)` then goes there. */
export function askBeforeLeaving(typed, leave = (address) => location.assign(address)) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.getAttribute("href").startsWith("#")) return;
    if (event.defaultPrevented || !typed()) return; // a link with a way of its own
    event.preventDefault();
    ask(link, leave);
  });
}

function ask(link, leave) {
  const stay = el("button", { type: "button", id: "leave-not", class: "button", click: () => dialog.close() },
    t("留下，接着填"));
  const dialog = el("dialog", { id: "leave", "aria-labelledby": "leave-title" },
    el("h2", { id: "leave-title", tabindex: "-1" }, t("离开会清掉已经填的。要离开吗？")), stay,
    el("button", { type: "button", id: "leave-all", class: "button plain", click: () => {
      dialog.close();
      leave(link.href);
    } }, t("离开并清掉")));
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  stay.focus();
}
