/* What every citizens' page has besides its own parts. */

import { startAll } from "../core/component.js";
import { byId } from "../core/dom.js";
import { MaskedFields } from "../core/mask_input.js";
import { WallClock } from "../core/now.js";
import { UnfoldIntoSight, ViewSwitch } from "../core/view.js";
import { CallStaff } from "../form/call_staff.js";
import { Reading } from "../guide/reading.js";
import { Keyboard } from "../keyboard/keyboard.js";
import { PhoneShell } from "../phone/shell.js";

const note = byId("not-started"); // of started.js: the modules work
if (note) note.remove();
startAll([
  [Reading, "#aloud"],
  [ViewSwitch, "html"],
  [UnfoldIntoSight, document],
  [WallClock, "#now"],
  [CallStaff, "#staff"],
  [MaskedFields, "body"],
  [Keyboard, "html"],
  [PhoneShell, ".bar"],
]);
