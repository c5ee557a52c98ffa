/* 信访工作台 */

import { WaitingCounts } from "../case/desk_waiting.js";

WaitingCounts.start("#waiting");
