/* The call back that this visit has asked for, so that its code is on the receipt as well. On this page only,
   and forgotten with the visit. */

import { onWipe } from "./forget.js";

let left = null;

/** `code` with the last four digits of the number that was left. */
export function keepCallback(code, tail) {
  left = { callback_code: code, callback_phone_tail: tail };
  onWipe(() => { left = null; });
}

/** {callback_code, callback_phone_tail}, as the printing calls take them; empty without a call back. */
export const callbackLeft = () => ({ ...left });
