/* 按这里说: a button wherever words can be typed, on machines that hear. Everything else of it is loaded when it is pressed. */

import { get } from "../core/api.js";
import { el } from "../core/dom.js";
import { ended, onWipe } from "../core/forget.js";
import { t } from "../core/i18n.js";
import { button } from "../core/parts.js";

const LOOKS = new URL("../../css/hear.css", import.meta.url).href;
const HELD_MS = 600; // a longer press ends what is said when it is let go

let asked = null; // one question for all buttons of a page

/** The server's limits where it hears and this browser can listen; else null. */
export function hearing() {
  const can = window.AudioWorkletNode && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
  asked = asked || (can ? get("/hearing").catch(() => null) : Promise.resolve(null));
  return asked.then((answer) => {
    if (!answer || !answer.available || ended.aborted) return null;
    dress();
    return answer;
  });
}

/** The looks of it are loaded with it. */
function dress() {
  if (document.querySelector(`link[href="${LOOKS}"]`)) return;
  document.head.append(el("link", { rel: "stylesheet", href: LOOKS }));
}

/** A button; `kind()` is that of the field now, `words` what the button says that uses what was said, `onWords(text)` takes it. */
export function hearButton(limits, { kind, words, onWords, look = "plain" }) {
  const one = button("microphone", t("点一下开始说"), `${look} hear-button`, () => {});
  let dialog = null;
  onWipe(() => { if (dialog) dialog.end(); }); // a removed dialog does not say that it closes
  const open = async () => {
    if (dialog || one.disabled) return;
    one.disabled = true;
    document.dispatchEvent(new Event("hearing")); // what is read aloud stops
    const { HearDialog } = await import("./hear_dialog.js");
    one.disabled = false;
    if (ended.aborted) return;
    dialog = HearDialog.make({ kind: kind(), words, limits, onWords, closed: () => {
      dialog = null;
      one.focus({ preventScroll: true });
    } });
  };
  one.addEventListener("click", open);
  one.addEventListener("contextmenu", (event) => event.preventDefault()); // a long press
  one.addEventListener("pointerdown", () => {
    const since = Date.now();
    const letGo = () => {
      removeEventListener("pointerup", letGo, true);
      removeEventListener("pointercancel", letGo, true);
      if (dialog && Date.now() - since > HELD_MS) dialog.letGo();
    };
    addEventListener("pointerup", letGo, true);
    addEventListener("pointercancel", letGo, true);
    setTimeout(() => { if (one.matches(":active")) open(); }, HELD_MS / 2);
  });
  return one;
}

/** A row of its own for it, behind a field of the form. */
export const hearRow = (made) => el("div", { class: "hear-row" }, made);
