/* 现在连不上 */

import { Reconnect } from "../visit/offline.js";

Reconnect.start("#tries");
