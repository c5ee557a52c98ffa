/* Days and moments of Shanghai in the words of the page's language. */

import { locale } from "./i18n.js";

const DAY = { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric" };
const MINUTE = { hour: "2-digit", minute: "2-digit", hour12: false };
const DAY_MS = 86400000;

const format = (parts, date) => new Intl.DateTimeFormat(locale(), parts).format(date);

/** "2026-03-17" → 2026年3月17日 */
export const dayZh = (text) => format(DAY, new Date(`${text.slice(0, 10)}T12:00:00+08:00`));

/** An RFC 3339 moment → 2026年3月2日 10:00 */
export const momentZh = (text) => format({ ...DAY, ...MINUTE }, new Date(text));

/** A Date → 10:00 */
export const timeZh = (date) => format({ timeZone: DAY.timeZone, ...MINUTE }, date);

/** A Date → 2026年3月2日星期一 10:00 */
export const clockZh = (date) => format({ ...DAY, weekday: "long", ...MINUTE }, date);

/** Whole days from the day of `now` (in Shanghai) to `date`; negative when it has passed. */
export function daysUntil(date, now = new Date()) {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(now);
  return Math.round((Date.parse(date) - Date.parse(today)) / DAY_MS);
}
