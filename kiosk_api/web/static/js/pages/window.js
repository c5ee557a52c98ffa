/* One window: whether it is open stays right. */

import { keepOpening } from "../guide/opening.js";

keepOpening(document);
