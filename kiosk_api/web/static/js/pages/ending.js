/* First on every page: the end of a visit works before anything else is loaded. */

import { fillGaps } from "../core/older.js";
import { IdleTimer } from "../visit/idle.js";
import { keepShell } from "../visit/outage.js";
import { EndOfVisit } from "../visit/wipe.js";

fillGaps(window);
const end = EndOfVisit.start("#end");
IdleTimer.start("#idle", () => end.wipe());
keepShell();
