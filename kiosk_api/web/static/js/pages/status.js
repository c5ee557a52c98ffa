/* 查进度 */

import { StatusPage } from "../case/status.js";

StatusPage.start("#status-form");
