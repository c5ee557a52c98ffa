/* A receipt read by a USB scanner, which types very fast and ends with Enter, or pasted. What is read
   never reaches the address bar or the history. */

import { Component } from "../core/component.js";

const FAST_MS = 60; // a key on average: no finger keeps this up; scanners need 1 to 20 ms
const GAP_MS = 250; // a longer pause ends a burst; a busy machine may hesitate within one
const LEAST = 12;   // characters; the shortest case number without its dashes is longer
const TOKEN = /^[A-Za-z0-9_-]{16,64}$/;
const NUMBER = /^XF\d{8}-?[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{2}$/i;

/** {lookup_token}, {case_number}, or null when it is neither our receipt's address nor a number. */
export function readScan(text) {
  const plain = text.normalize("NFKC").trim();
  if (NUMBER.test(plain)) return { case_number: plain.toUpperCase() };
  try {
    const address = new URL(plain);
    const token = address.hash.slice(1);
    if (!["http:", "https:"].includes(address.protocol) || address.pathname !== "/r") return null;
    return TOKEN.test(token) ? { lookup_token: token } : null;
  } catch {
    return null;
  }
}

/** Keys that follow each other faster than a person types. Times are in milliseconds. */
export class Burst {
  constructor() {
    this.typed = "";
    this.first = 0;
    this.last = 0;
  }

  /** Take in one character; true when it begins a new burst. */
  add(character, time) {
    const begins = time - this.last >= GAP_MS || !this.typed;
    if (begins) {
      this.typed = "";
      this.first = time;
    }
    this.last = time;
    this.typed += character;
    return begins;
  }

  /** What was typed up to the closing key at `time`; "" unless it was fast and long enough. */
  end(time) {
    const { typed } = this;
    const fast = time - this.last < GAP_MS && time - this.first < FAST_MS * typed.length;
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

/** Watches the whole page: the root is the window. */
export class ScannerKeys extends Component {
  /** `found({lookup_token} | {case_number})` is called for each scan. */
  constructor(root, found) {
    super(root);
    this.found = found;
    this.burst = new Burst();
    this.field = null; // where the burst is typed into, and its value from before
    this.before = "";
  }

  init() {
    this.root.addEventListener("keydown", (event) => this.key(event), { capture: true });
    this.root.addEventListener("paste", (event) => this.paste(event), { capture: true });
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (CLOSING.includes(event.key)) this.end(event);
    else if (event.key.length > 1) this.burst.skip(event.timeStamp);
    else if (this.burst.add(event.key, event.timeStamp)) this.begin(event.target);
  }

  begin(target) {
    this.field = target.matches && target.matches("input, textarea") ? target : null;
    this.before = this.field ? this.field.value : "";
  }

  end(event) {
    const typed = this.burst.end(event.timeStamp);
    const scan = typed && readScan(typed);
    if (!scan) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.field) this.field.value = this.before;
    this.found(scan);
  }

  paste(event) {
    const scan = readScan(event.clipboardData ? event.clipboardData.getData("text") : "");
    if (!scan) return;
    event.preventDefault();
    this.found(scan);
  }
}
