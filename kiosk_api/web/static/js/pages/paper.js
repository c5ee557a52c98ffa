/* What is printed */

import { Printing } from "../visit/print.js";

Printing.start("#print");
