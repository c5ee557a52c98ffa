/* Phone and ID numbers are covered once they are entered: only the last four stay readable, for
   people looking on. The field's value is never changed; a cover lies over it until it has the focus. */

import { Component } from "./component.js";
import { t } from "./i18n.js";
import { onWipe } from "./forget.js";
import { onPhone } from "./own_phone.js";
import { maskedPhone } from "./phone.js";

const FIELDS = "input[type=tel], input[name='petitioner.id_number'], input[data-mask]";
const SHORT = 6; // characters; a phone tail is covered whole

/** "13912345678" → "*******5678", "5678" → "****". */
export function masked(text) {
  const shown = text.length > SHORT ? 4 : 0;
  return "*".repeat(Math.max(text.length - shown, 0)) + (shown ? text.slice(-shown) : "");
}

/** The sentence for pages on which somebody gives his name or number; "" on a phone, which its user holds in the hand. */
export function watchWords() {
  return onPhone() ? "" : t("请留意身后有没有人看着。");
}

/** Covers the fields of the page that is its root, also those added later. */
export class MaskedFields extends Component {
  init() {
    new MutationObserver(() => this.coverAll()).observe(this.root, { childList: true, subtree: true });
    this.coverAll();
  }

  coverAll() {
    const open = [...this.root.querySelectorAll(FIELDS)].filter((one) => !one.closest(".masked"));
    for (const input of open) {
      // Moving a field takes the focus from the person typing in it.
      const focused = document.activeElement === input;
      cover(input);
      if (focused) input.focus();
    }
    if (watchWords()) open.forEach(addHint);
  }
}

/** A number covered but for its last four; an extension is no secret. */
const starred = (input) => (input.type === "tel" ? maskedPhone(input.value, masked) : masked(input.value));

function cover(input) {
  const holder = document.createElement("span");
  const stars = document.createElement("span");
  holder.className = "masked";
  stars.className = "stars-over";
  stars.setAttribute("aria-hidden", "true");
  input.replaceWith(holder);
  holder.append(input, stars);
  const draw = () => {
    const hide = document.activeElement !== input && input.value !== "";
    stars.textContent = hide ? starred(input) : "";
    holder.classList.toggle("on", hide);
  };
  for (const kind of ["focus", "blur", "change", "input"]) input.addEventListener(kind, draw);
  if (input.form) input.form.addEventListener("reset", () => queueMicrotask(draw));
  onWipe(() => {
    stars.textContent = "";
    input.value = "";
  });
  draw();
}

/** Said once a page, and in the form at each question that asks for a number. */
function addHint(input) {
  const group = input.closest(".question") || input.closest("fieldset, form") || input.parentElement;
  const place = group.matches(".question") ? group : document;
  if (place.querySelector(".watch")) return;
  const note = document.createElement("p");
  note.className = "hint watch";
  note.textContent = watchWords();
  const head = group.querySelector(":scope > legend");
  if (head) head.after(note);
  else group.prepend(note);
}
