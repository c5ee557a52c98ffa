/* 点一下开始说, behind every question of the form that is answered in words or figures, on machines that hear. */

import { Component } from "../core/component.js";
import { t } from "../core/i18n.js";
import { hearButton, hearing, hearRow } from "../hearing/offer.js";

const KINDS = { name: "name", phone: "phone", id_number: "id_number", address: "address" };

/** The root is the form. */
export class HearFields extends Component {
  async init() {
    const limits = await hearing();
    if (!limits) return;
    for (const field of this.root.querySelectorAll(".question textarea, .question input:not([type=radio], [type=checkbox])")) {
      const kind = KINDS[field.id.split("-").pop()] || "words";
      const made = hearButton(limits, { kind: () => kind, words: t("填上"), onWords: (text) => put(field, text) });
      (field.closest(".masked") || field).after(hearRow(made));
    }
  }
}

/** Behind what stands in a box for many words; a short answer replaces the one before. */
function put(field, text) {
  const before = field.tagName === "TEXTAREA" ? field.value.trim() : "";
  field.value = before ? `${before}\n${text}` : text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
