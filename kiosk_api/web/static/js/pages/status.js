/* 查进度 */

import { StatusPage } from "../case/status.js";
import { PhoneShell } from "../phone/shell.js";

PhoneShell.start(".bar");
StatusPage.start("#status-form");
