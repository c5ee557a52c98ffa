/* 信访工作台 */

import { startAll } from "../core/component.js";
import { fillGaps } from "../core/older.js";
import { DeskMenu } from "../case/desk_menu.js";
import { WaitingCounts } from "../case/desk_waiting.js";

fillGaps(window);
startAll([[DeskMenu, "#menu"], [WaitingCounts, "#waiting"]]);
