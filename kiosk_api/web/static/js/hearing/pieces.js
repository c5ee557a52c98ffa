/* Cuts speech at its pauses, so that the words of the first part come while the rest is said, and finds its end. */

const BLOCK_S = 0.02;
const BEFORE_S = 0.4;       // kept from before the first loud block: a soft beginning of a word
const LOUD_BLOCKS = 4;      // that follow on each other begin speech: a click is shorter
const PAUSE_S = 0.5;        // a piece may end here …
const LONG_ENOUGH_S = 6;    // … once it has so much: each piece costs the server a second
const END_S = 2.5;          // so long a silence ends what is said
const NOBODY_S = 8;         // so long nobody has begun to speak
const LEAST_LOUD = 0.008;   // of full scale
const OVER_ROOM = 3;        // times the noise of the room
const ROOM_AT_MOST = 0.03;  // a loud voice from the first block on is not taken for the room
const FORGETS = 0.02;       // how fast a change of the room is followed

export class Pieces {
  /** `longestS` seconds may be said, in pieces of at most `pieceS`; `piece(blocks)` gets each, in order. */
  constructor({ longestS, pieceS, piece }) {
    Object.assign(this, { longestS, pieceS, piece });
    this.blocks = [];
    this.room = LEAST_LOUD / OVER_ROOM;
    this.loudInRow = this.quiet = this.total = 0;
    this.speaking = false; // within this piece
    this.hasSpoken = false;
  }

  /** Takes 20 ms of sound: "" to go on, else why it ends: "silence", "nobody" or "full". */
  add({ samples, loudness }) {
    this.blocks.push(samples);
    this.total += BLOCK_S;
    this.note(loudness);
    if (!this.speaking) this.dropOld();
    const length = this.blocks.length * BLOCK_S;
    const paused = this.quiet >= PAUSE_S;
    if (this.speaking && (length >= this.pieceS || (length >= LONG_ENOUGH_S && paused))) this.cut();
    if (this.total >= this.longestS) return "full";
    if (!this.hasSpoken) return this.total >= NOBODY_S ? "nobody" : "";
    return this.quiet >= END_S ? "silence" : "";
  }

  note(loudness) {
    const isLoud = loudness > Math.max(LEAST_LOUD, OVER_ROOM * this.room);
    this.loudInRow = isLoud ? this.loudInRow + 1 : 0;
    this.quiet = isLoud ? 0 : this.quiet + BLOCK_S;
    if (!isLoud) this.room += FORGETS * (Math.min(loudness, ROOM_AT_MOST) - this.room);
    if (this.loudInRow >= LOUD_BLOCKS) this.speaking = this.hasSpoken = true;
  }

  /** Of silence only the last moment is kept. */
  dropOld() {
    const kept = Math.round(BEFORE_S / BLOCK_S);
    if (this.blocks.length > kept) this.blocks = this.blocks.slice(-kept);
  }

  cut() {
    const said = this.blocks;
    this.blocks = [];
    this.speaking = false;
    this.piece(said);
  }

  /** No more comes: what was said since the last cut is a piece too. */
  end() {
    if (this.speaking) this.cut();
    this.blocks = [];
  }
}
