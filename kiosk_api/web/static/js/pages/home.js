/* 首页 */

import { Attract } from "../visit/attract.js";

Attract.start("#attract");
