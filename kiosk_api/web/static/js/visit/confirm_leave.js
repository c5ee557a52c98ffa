/* One stray tap on a link does not throw away what somebody has typed: the page asks first. */

import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { mayLose } from "../core/unsaved.js";

/** Asks before a link leads away from the page that is its root. */
export class ConfirmLeave extends Component {
  /** `typed()`: whether something would be lost; `lost()`: whether it would be at the end of the visit; `leave(address)` goes there after a yes. */
  constructor(root, { typed, lost = typed, leave = (address) => location.assign(address) }) {
    super(root);
    Object.assign(this, { typed, lost, leave });
  }

  init() {
    mayLose(() => this.lost());
    this.root.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.target || link.getAttribute("href").startsWith("#")) return;
      if (event.defaultPrevented || !this.typed()) return; // a link that another part handles
      event.preventDefault();
      this.ask(link);
    });
  }

  ask(link) {
    const stay = el("button", { type: "button", id: "leave-not", class: "button", click: () => dialog.close() },
      t("留下，接着填"));
    const dialog = el("dialog", { id: "leave", "aria-labelledby": "leave-title" },
      el("h2", { id: "leave-title", tabindex: "-1" }, t("离开会清掉已经填的。要离开吗？")), stay,
      el("button", { type: "button", id: "leave-all", class: "button plain", click: () => {
        dialog.close();
        this.leave(link.href);
      } }, t("离开并清掉")));
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    stay.focus();
  }
}
