/* Writing a sign with the finger. The strokes go to the office's own computer, which answers with
   signs that look like them; neither side keeps them. */

import { get, post } from "../core/api.js";
import { Component } from "../core/component.js";
import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const PAUSE_MS = 150;       // after a stroke, before asking
const MOST_STROKES = 64;
const MOST_POINTS = 5000;
const LEAST_SIGN_PX = 100;  // a dot is not enlarged to a sign
const ROOM = 1.25;          // white around it
const NEAR_PX = 3;          // points nearer than this add nothing

/** Whether the server offers 手写; false while it has not answered. */
export class HandwritingOffer {
  constructor() {
    this.isThere = false;
  }

  /** Ask the server; `then` is called when it can read. */
  async ask(then) {
    try {
      this.isThere = (await get("/handwriting")).available === true;
    } catch {
      return; // away: it is not offered on this page
    }
    if (this.isThere) then();
  }
}

/** The sign in the middle of a square, as the recogniser was trained on signs, wherever it was drawn. */
export function framed(strokes) {
  const all = strokes.flat();
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const side = Math.round(Math.max(right - left, bottom - top, LEAST_SIGN_PX) * ROOM);
  const [moveX, moveY] = [(side - left - right) / 2, (side - top - bottom) / 2];
  return { width: side, height: side,
    strokes: strokes.map((line) => line.map(([x, y]) => [Math.round(x + moveX), Math.round(y + moveY)])) };
}

export class Pad extends Component {
  /** `found(signs)` is called with what the strokes may be, likeliest first. */
  constructor(found) {
    super(el("div", { class: "pad-holder" }));
    this.found = found;
    this.strokes = [];
  }

  init() {
    this.canvas = el("canvas", { class: "pad", role: "img", "aria-label": t("用手指在这里写一个字") });
    this.note = el("p", { class: "pad-note", role: "status" });
    this.root.append(this.canvas, this.note,
      el("button", { type: "button", class: "key act pad-clear", tabindex: "-1", click: () => this.clear() }, t("重写")));
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.end());
    this.say();
  }

  say(text = t("请在框里写一个字")) {
    this.note.textContent = text;
  }

  /** Fit the drawing to the space it has; what was drawn is redrawn. */
  fit() {
    requestAnimationFrame(() => {
      this.canvas.width = this.canvas.clientWidth;
      this.canvas.height = this.canvas.clientHeight;
      this.redraw();
    });
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const inside = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    return [inside(event.clientX - box.left, box.width), inside(event.clientY - box.top, box.height)];
  }

  begin(event) {
    if (this.strokes.length >= MOST_STROKES) return;
    clearTimeout(this.timer);
    this.canvas.setPointerCapture(event.pointerId);
    this.line = [this.point(event)];
    this.say("");
  }

  move(event) {
    if (!this.line || this.strokes.flat().length + this.line.length >= MOST_POINTS) return;
    const [x, y] = this.point(event);
    const [beforeX, beforeY] = this.line[this.line.length - 1];
    if (Math.hypot(x - beforeX, y - beforeY) < NEAR_PX) return;
    this.line.push([x, y]);
    this.draw(this.line.slice(-2));
  }

  end() {
    if (!this.line) return;
    this.strokes.push(this.line);
    this.line = null;
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  draw(line) {
    const pen = this.canvas.getContext("2d");
    pen.strokeStyle = getComputedStyle(this.canvas).color;
    Object.assign(pen, { lineWidth: 8, lineCap: "round", lineJoin: "round" });
    pen.beginPath();
    line.forEach(([x, y], place) => (place ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.stroke();
  }

  redraw() {
    this.canvas.getContext("2d").clearRect(0, 0, this.canvas.width, this.canvas.height);
    for (const line of this.strokes) this.draw(line);
  }

  clear() {
    clearTimeout(this.timer);
    const had = this.strokes.length > 0;
    this.strokes = [];
    this.line = null;
    this.redraw();
    this.say();
    if (had) this.found([]);
  }

  /** Takes the last stroke back; false when there is none. */
  undo() {
    if (!this.strokes.length) return false;
    clearTimeout(this.timer);
    this.strokes.pop();
    this.redraw();
    if (this.strokes.length) this.ask();
    else this.clear();
    if (!this.strokes.length) this.found([]);
    return true;
  }

  async ask() {
    const mine = this.strokes;
    const many = mine.length;
    try {
      const { candidates } = await post("/handwriting", framed(mine));
      if (mine === this.strokes && many === mine.length) this.found(candidates);
    } catch (error) {
      this.say(error.detail);
    }
  }
}
