/* Whether the page holds something that was typed and not sent: a part that does says so when asked. */

const ASKED = "unsaved";

/** `typed()` tells whether something of this part would be lost now. */
export function mayLose(typed) {
  document.addEventListener(ASKED, (event) => { if (typed()) event.preventDefault(); });
}

/** Whether any part of the page would lose something. */
export function wouldLose() {
  return !document.dispatchEvent(new Event(ASKED, { cancelable: true }));
}
