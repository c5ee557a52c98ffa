/* The day and the time on a tall screen, as a clock on the wall of a hall; the time alone where other words need the room. */

import { Component } from "./component.js";
import { clockZh, timeZh } from "./dates.js";
import { waitFor } from "./forget.js";

const MINUTE_MS = 60000;

export class WallClock extends Component {
  init() {
    this.tick();
  }

  tick() {
    const now = new Date();
    this.root.textContent = "short" in this.root.dataset ? timeZh(now) : clockZh(now);
    waitFor(MINUTE_MS - (now.getTime() % MINUTE_MS)).then(() => this.tick());
  }
}
