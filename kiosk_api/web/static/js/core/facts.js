/* The petition's fields and limits, as the page brings them: see web/kiosk/facts.py. */

import { byId } from "./dom.js";

let kept = null;

/** {fields: [{name, path, label, missing, masked, …}], limits: {text, representatives}} */
export function facts() {
  if (!kept) kept = JSON.parse(byId("facts").textContent);
  return kept;
}
