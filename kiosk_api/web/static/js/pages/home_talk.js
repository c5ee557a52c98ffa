/* 手机上的对话: what every page has, but the keyboard of the kiosk, and the talk. */

import { startAll } from "../core/component.js";
import { byId } from "../core/dom.js";
import { MaskedFields } from "../core/mask_input.js";
import { UnfoldIntoSight, ViewSwitch } from "../core/view.js";
import { CallStaff } from "../form/call_staff.js";
import { Reading } from "../guide/reading.js";
import { PhoneShell } from "../phone/shell.js";
import { TalkAtHome } from "../phone/talk_at_home.js";

const note = byId("not-started"); // of started.js: the modules work
if (note) note.remove();
startAll([
  [Reading, "#aloud"],
  [ViewSwitch, "html"],
  [UnfoldIntoSight, document],
  [CallStaff, "#staff"],
  [MaskedFields, "body"],
  [PhoneShell, ".bar"],
  [TalkAtHome, "#composer"],
]);
