/* First on every page: the end of a visit works before anything else is loaded. */

import { IdleTimer } from "../visit/idle.js";
import { keepShell } from "../visit/outage.js";
import { EndOfVisit } from "../visit/wipe.js";

const end = EndOfVisit.start("#end");
IdleTimer.start("#idle", () => end.wipe());
keepShell();
