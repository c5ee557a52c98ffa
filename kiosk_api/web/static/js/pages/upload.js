/* 用手机传照片 */

import { PhoneUpload } from "../photos/upload.js";

PhoneUpload.start("#upload");
