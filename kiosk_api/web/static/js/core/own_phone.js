/* Whose screen this is. A narrow one, or a page made for phones, is somebody's own phone until its user says that it
   is not; everything else is a screen that others use next. */

const SHARED = "shared_phone"; // a cookie of the browser's session: it goes with the browser, and names nobody

/** A page for a phone, or any page on a screen as narrow as one. */
export const onPhone = () => document.body.classList.contains("at-home") || matchMedia("(max-width: 699px)").matches;

/** Whether others use this phone too: then it is treated like the screen in the hall. */
export const isShared = () => new RegExp(`(?:^|; )${SHARED}=1`).test(document.cookie);

/** Whether the page has the shell of a phone now. */
export const inPhoneShell = () => onPhone() && document.body.classList.contains("phone-shell");

/** The same on a phone of its user's own: nothing is cleared by itself there, and the address of a case may stay. */
export const isOwn = () => inPhoneShell() && !isShared();

/** Whether the page is whole when the browser brings it back as it was left. */
export const comesBackWhole = () => isOwn() && document.body.classList.contains("at-home");

/** Somebody said that this is not his own phone, or that it is: `shared` tells the window. */
export function sayShared(shared) {
  document.cookie = `${SHARED}=1; path=/; samesite=strict${shared ? "" : "; max-age=0"}`;
  dispatchEvent(new Event("shared"));
}
