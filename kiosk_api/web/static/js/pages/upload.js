/* 用手机传照片 */

import { PhoneShell } from "../phone/shell.js";
import { PhoneUpload } from "../photos/upload.js";

PhoneShell.start(".bar");
PhoneUpload.start("#upload");
