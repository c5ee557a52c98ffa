/* The day and the time on a tall screen, as a clock on the wall of a hall. */

import { byId } from "./dom.js";
import { locale } from "./i18n.js";
import { waitFor } from "./forget.js";

const WORDS = new Intl.DateTimeFormat(locale, {
  timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric", weekday: "long",
  hour: "2-digit", minute: "2-digit", hour12: false,
});

function tick() {
  const now = new Date();
  byId("now").textContent = WORDS.format(now);
  waitFor(60_000 - (now.getTime() % 60_000)).then(tick);
}

tick();
