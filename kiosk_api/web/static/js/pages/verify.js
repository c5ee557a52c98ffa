/* 核对回执 */

import { VerifyReceipt } from "../case/verify.js";

VerifyReceipt.start("#verify-form");
