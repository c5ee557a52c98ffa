/* 说给助手听 */

import { Talk } from "../guide/chat.js";

Talk.start("#composer");
