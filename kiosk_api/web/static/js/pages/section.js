/* One section of the handbook */

import { AskHandbook } from "../guide/handbook.js";

AskHandbook.start("#ask-form");
