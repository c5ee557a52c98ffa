/* 手机上的对话 */

import { PhoneShell } from "../phone/shell.js";
import { TalkAtHome } from "../phone/talk_at_home.js";

PhoneShell.start(".bar");
TalkAtHome.start("#composer");
