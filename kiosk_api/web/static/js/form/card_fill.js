/* 用身份证填: a button in the steps that ask who somebody is, where a camera and a reader are. Typing stays. */

import { get } from "../core/api.js";
import { Component } from "../core/component.js";
import { byId, el } from "../core/dom.js";
import { onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { hasCamera } from "../photos/attach_camera.js";

const PETITIONER = { name: "petitioner.name", id_number: "petitioner.id_number", address: "petitioner.address" };
const STEPS = { name: PETITIONER, id_number: PETITIONER, address: PETITIONER, proxy: { name: "proxy.name" } };

/** The root is the form. */
export class CardFill extends Component {
  init() {
    this.panel = null;
    this.offered = false;
    this.opening = 0; // a panel whose script comes after the step was left is not opened
    onWipe(() => this.close());
  }

  /** A step is shown; the first that asks who somebody is finds out whether cards can be read here. */
  async shown(section) {
    this.close();
    if (!(section.dataset.step in STEPS) || this.offered) return;
    this.offered = true;
    try {
      if (!(await hasCamera()) || !(await get("/card")).available) return;
    } catch {
      return; // without an answer there is no button
    }
    for (const step of Object.keys(STEPS)) this.offer(this.root.querySelector(`[data-step=${step}]`), STEPS[step]);
  }

  offer(section, fields) {
    const said = el("p", { class: "hint", role: "status" });
    const button = el("button", { type: "button", class: "button plain card-button",
      click: () => this.open(place, button, said, fields) }, t("用身份证填"));
    const place = el("div", { class: "card-fill" }, button, said);
    section.append(place);
  }

  async open(place, button, said, fields) {
    this.close();
    said.textContent = "";
    const mine = this.opening;
    const { CardPanel } = await import("../photos/card_panel.js");
    if (mine !== this.opening) return;
    button.hidden = true;
    this.back = () => { button.hidden = false; };
    this.panel = CardPanel.make({
      onRead: (read) => {
        this.close();
        said.textContent = this.fill(read, fields);
        button.focus();
      },
      onClose: () => {
        this.close();
        button.focus();
      },
    });
    place.append(this.panel.root);
  }

  /** Only what was read is put in; what was typed elsewhere stays. */
  fill(read, fields) {
    for (const [part, path] of Object.entries(fields)) {
      if (!read[part]) continue;
      const field = byId(`f-${path.replace(".", "-")}`);
      field.value = read[part];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return t("填好了，请再看一眼。要改可以直接改。");
  }

  close() {
    this.opening += 1;
    if (this.panel) this.panel.stop();
    this.panel = null;
    if (this.back) this.back();
    this.back = null;
  }
}
