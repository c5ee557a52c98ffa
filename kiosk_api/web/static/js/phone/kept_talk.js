/* What the phone keeps of a talk, for as long as the server keeps its draft: the talk's id, and the id of the message
   that has no answer yet. No word of it: what was said is at the server, and is shown from there. */

import { keep, kept } from "../core/short_cookie.js";

const NAME = "talk";
const PATH = "/m";

/** {session, message}; `message` is "" when everything was answered. Null without a talk. */
export function keptTalk() {
  const [session, message = ""] = kept(NAME).split(".");
  return session ? { session, message } : null;
}

export function keepTalk(session, message, seconds) {
  keep(NAME, `${session}.${message}`, PATH, seconds);
}

export function forgetTalk() {
  keep(NAME, "", PATH, 0);
}

/** The code of a kept draft in the address of this page, also where an app has lost or encoded its #; "" without one. */
export function codeInAddress({ pathname, search, hash }) {
  const [, first, second] = /[#/?&=]([0-9A-HJ-NP-TV-Z]{4})-?([0-9A-HJ-NP-TV-Z]{4})(?![0-9A-Z-])/i
    .exec(`${pathname.replace(/^\/m/, "")}${search}${hash}`.replace(/%23/g, "#")) || [];
  return first ? `${first}-${second}`.toUpperCase() : "";
}
