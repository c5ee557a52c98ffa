/* The visit of a phone that scanned the kiosk's code, kept for as long as the code lasts: a page that is loaded anew goes
   on with it, and so does a code that is scanned again and opens a new tab. The cookie holds the visit's token and the
   beginning of its code, which is used up, and goes to /u only. */

import { keep, kept } from "./short_cookie.js";

const NAME = "upload_visit";
const PATH = "/u";
const LASTS_S = 900; // until the server has said how long
const MARK = 8;      // characters of the code that tell it from another

/** The token kept for the code `link`, or for any code when `link` is ""; "" when there is none. */
export function keptVisit(link) {
  const [mark, token] = kept(NAME).split(".");
  return token && (!link || mark === link.slice(0, MARK)) ? token : "";
}

/** Keep `token` for `seconds`. Without cookies the visit lasts as long as the page. */
export function keepVisit(link, token, seconds = LASTS_S) {
  keep(NAME, `${link.slice(0, MARK)}.${token}`, PATH, seconds);
}

export function forgetVisit() {
  keep(NAME, "", PATH, 0);
}
