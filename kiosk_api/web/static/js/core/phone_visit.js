/* The visit of a phone that scanned the kiosk's code, kept for as long as the code lasts: Android loads the
   page anew after its camera, and a code that is scanned again opens a new tab. A cookie ends by itself;
   it holds the visit's token and the beginning of its code, which is used up, and goes to /u only. */

const NAME = "upload_visit";
const LASTS_S = 900; // until the server has said how long
const MARK = 8;      // characters of the code that tell it from another

/** The token kept for the code `link`, or for any code when `link` is ""; "" when there is none. */
export function keptVisit(link) {
  const [, mark, token] = new RegExp(`(?:^|; )${NAME}=([\\w-]*)\\.([\\w-]+)`).exec(document.cookie) || [];
  return token && (!link || mark === link.slice(0, MARK)) ? token : "";
}

/** Keep `token` for `seconds`. Without cookies the visit lasts as long as the page. */
export function keepVisit(link, token, seconds = LASTS_S) {
  write(`${link.slice(0, MARK)}.${token}`, seconds);
}

export function forgetVisit() {
  write("", 0);
}

function write(value, seconds) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${NAME}=${value}; path=/u; max-age=${seconds}; samesite=strict${secure}`;
}
