/* Writing into a field as a person would: input events are sent, the caret is kept, undo works.
   While the field has the focus the browser's own editing is used, else the same is done by hand. */

import { cut } from "../core/cut.js";

/** Put `text` in place of the selection. */
export function write(field, text) {
  if (document.activeElement === field && document.execCommand("insertText", false, text)) return;
  change(field, "insertText", text, (start, end) => [start, end]);
}

/** Take the selection away, or the character before the caret. */
export function erase(field) {
  if (document.activeElement === field && document.execCommand("delete")) return;
  change(field, "deleteContentBackward", "", (start, end) => {
    const before = (Array.from(field.value.slice(0, start)).pop() || "").length;
    return start === end ? [start - before, end] : [start, end];
  });
}

function change(field, inputType, text, range) {
  if (!field.isConnected) return; // the page has just removed it, the keys are about to close
  const length = field.value.length;
  const [start, end] = field.selectionStart === null ? range(length, length) : range(field.selectionStart, field.selectionEnd);
  const room = field.maxLength < 0 ? Infinity : field.maxLength - (length - (end - start));
  const put = cut(text, Math.max(room, 0));
  if (start === end && !put) return;
  if (field.selectionStart === null) {  // e-mail and number fields give no caret
    field.value = field.value.slice(0, start) + put + field.value.slice(end);
  } else {
    field.setRangeText(put, start, end, "end");
  }
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType, data: put || null }));
}
