/* A receipt read by a USB scanner, which types very fast, or pasted. What is read never reaches the
   address bar or the history. */

import { readScan } from "../core/codes.js";
import { Component } from "../core/component.js";
import { t } from "../core/i18n.js";

const FAST_MS = 60;   // a key on average: no finger keeps this up; scanners need 1 to 20 ms
const GAP_MS = 250;   // a longer pause ends a burst; a busy machine may hesitate within one
const QUIET_MS = 700; // after this nothing more comes: not every scanner ends with Enter, and some pause within a code
const LEAST = 12;     // characters; the shortest case number without its dashes is longer
const CHUNK = 4;      // characters that a scanner sends before it pauses, at least

/** Keys that follow each other faster than a person types. Times are in milliseconds. */
export class Burst {
  constructor() {
    this.typed = "";
    this.last = 0;
    this.busy = 0; // time between the keys, without a scanner's own pauses
  }

  /** Take in one character; true when it begins a new burst. */
  add(character, time) {
    const pause = time - this.last;
    const begins = !this.typed || pause >= QUIET_MS || (pause >= GAP_MS && !(this.isFast() && this.typed.length >= CHUNK));
    if (begins) {
      this.typed = "";
      this.busy = 0;
    } else if (pause < GAP_MS) {
      this.busy += pause;
    }
    this.last = time;
    this.typed += character;
    return begins;
  }

  isFast() {
    return this.busy < FAST_MS * this.typed.length;
  }

  /** What was typed up to a closing key or a quiet moment at `time`; "" unless it was fast and long enough. */
  end(time) {
    const { typed } = this;
    const fast = this.isFast();
    this.last = time;
    this.typed = "";
    return fast && typed.length >= LEAST ? typed : "";
  }

  /** Another key: it belongs to no text, but the pause is counted from it. */
  skip(time) {
    this.last = time;
  }
}

const CLOSING = ["Enter", "Tab"]; // what scanners end with
const LINE_ENDS = ["j", "m"];     // with Ctrl: line feed and carriage return as some scanners send them
const PLAIN = "`1234567890-=[]\\;',./";
const SHIFTED = "~!@#$%^&*()_+{}|:\"<>?";
const PLACES = ["Backquote", "Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6", "Digit7", "Digit8", "Digit9",
  "Digit0", "Minus", "Equal", "BracketLeft", "BracketRight", "Backslash", "Semicolon", "Quote", "Comma", "Period", "Slash"];

/** The character of a key; while an input method holds the keys back, the one at this place of the keyboard
    that scanners pretend to be. "" for a key without one. */
export function characterOf(event) {
  if (event.key !== "Process" && !event.isComposing) return event.key.length === 1 ? event.key : "";
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter) return event.shiftKey ? letter[1] : letter[1].toLowerCase();
  return (event.shiftKey ? SHIFTED : PLAIN)[PLACES.indexOf(event.code)] || "";
}

/** What to say of a scan that is no receipt. */
export const notAReceipt = ({ not: why }) => ({
  cut: t("扫到了，但没读全。请再扫一次；还不行，请把编号打进来。"),
  upload: t("扫到的是用手机传照片的码，不是回执上的。请扫回执上的二维码，或者把编号打进来。"),
  other: t("扫到了，但不是信访回执上的码。请扫回执上的二维码，或者把编号打进来。"),
}[why]);

/** Watches the whole page: the root is the window. */
export class ScannerKeys extends Component {
  /** `found({lookup_token} | {case_number, mac?})` is called for each receipt, `missed(sentence)` for any other scan. */
  constructor(root, { found, missed }) {
    super(root);
    Object.assign(this, { found, missed });
    this.burst = new Burst();
    this.field = null; // where the burst is typed into, and its value from before
    this.before = "";
  }

  init() {
    this.root.addEventListener("keydown", (event) => this.key(event), { capture: true });
    this.root.addEventListener("paste", (event) => this.paste(event), { capture: true });
  }

  key(event) {
    if (event.altKey || event.metaKey || event.repeat) return;
    clearTimeout(this.quiet);
    if (event.ctrlKey ? LINE_ENDS.includes(event.key) : CLOSING.includes(event.key)) {
      this.end(event.timeStamp, event);
      return;
    }
    if (event.ctrlKey) return;
    const sign = characterOf(event);
    if (!sign) this.burst.skip(event.timeStamp);
    else if (this.burst.add(sign, event.timeStamp)) this.begin(event.target);
    this.quiet = setTimeout(() => this.end(event.timeStamp), QUIET_MS);
  }

  begin(target) {
    this.field = target.matches && target.matches("input, textarea") ? target : null;
    this.before = this.field ? this.field.value : "";
  }

  /** The text is whole. What somebody writes into a larger box is theirs, however fast it comes. */
  end(time, closing = null) {
    const typed = this.burst.end(time);
    const scan = typed && readScan(typed);
    if (!scan || (scan.not && this.field && this.field.matches("textarea"))) return;
    if (closing) {
      closing.preventDefault();
      closing.stopImmediatePropagation();
    }
    if (this.field) this.field.value = this.before;
    if (scan.not) this.missed(notAReceipt(scan));
    else this.found(scan);
  }

  paste(event) {
    if (event.target.matches && event.target.matches("textarea")) return; // an account may well name a case
    const scan = readScan(event.clipboardData ? event.clipboardData.getData("text") : "");
    if (scan.not) return;
    event.preventDefault();
    this.found(scan);
  }
}
