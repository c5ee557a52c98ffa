/* 找窗口 */

import { FindWindow } from "../guide/windows.js";

FindWindow.start("#route-form");
