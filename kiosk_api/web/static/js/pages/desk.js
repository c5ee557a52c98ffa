/* 信访工作台 */

import { WaitingCounts } from "../desk/waiting.js";

WaitingCounts.start("#waiting");
