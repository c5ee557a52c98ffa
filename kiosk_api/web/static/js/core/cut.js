/* Texts cut to a length without breaking a character: outside the basic plane one takes two places. */

const FIRST_HALF = /[\ud800-\udbff]$/;

/** The first `most` places of `text`, one less where that would leave half a character. */
export const cut = (text, most) => text.slice(0, most).replace(most < text.length ? FIRST_HALF : "", "");

/** How many characters somebody sees in `text`, as the server counts them. */
export const lengthOf = (text) => Array.from(text).length;
