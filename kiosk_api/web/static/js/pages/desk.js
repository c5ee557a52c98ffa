/* 信访工作台 */

import { fillGaps } from "../core/older.js";
import { WaitingCounts } from "../case/desk_waiting.js";

fillGaps(window);
WaitingCounts.start("#waiting");
