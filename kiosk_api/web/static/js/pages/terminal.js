/* 这台机器好不好用 */

import { TerminalHealth } from "../visit/terminal.js";

TerminalHealth.start("#health");
