/* The handbook's contents */

import { startAll } from "../core/component.js";
import { ContentsSearch } from "../guide/contents.js";
import { AskHandbook } from "../guide/handbook.js";

startAll([[AskHandbook, "#ask-form"], [ContentsSearch, "#contents"]]);
