/* How speech is cut at its pauses, when it ends, and how it is sent. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { script } from "./scripts.mjs";

const { Pieces } = await script("hearing/pieces.js");
const { wavOf } = await script("hearing/hear_call.js");

const BLOCKS_A_SECOND = 50;
const [VOICE, ROOM] = [0.1, 0.001]; // loudness
const block = () => new Float32Array(320);

/** Seconds of voice (positive) and of the room (negative), as the worklet hands them on: pieces in seconds, and why it ended. */
function heard(seconds, limits = {}) {
  const cut = [];
  const pieces = new Pieces({ longestS: 120, pieceS: 28, piece: (blocks) => cut.push(blocks.length / BLOCKS_A_SECOND), ...limits });
  for (const part of seconds) {
    for (let at = 0; at < Math.abs(part) * BLOCKS_A_SECOND; at += 1) {
      const end = pieces.add({ samples: block(), loudness: part > 0 ? VOICE : ROOM });
      if (end) {
        pieces.end();
        return { cut, end, after: pieces.total };
      }
    }
  }
  pieces.end();
  return { cut, end: "", after: pieces.total };
}

test("a silence of two and a half seconds ends what was said, in one piece", () => {
  const { cut, end, after } = heard([-1, 3, -9]);
  assert.equal(end, "silence");
  assert.equal(cut.length, 1);
  assert.ok(after > 6.3 && after < 6.8, `${after}`);
  assert.ok(cut[0] > 5.5 && cut[0] < 6.2, `${cut}`); // a moment before it, and the silence behind
});

test("a pause cuts a piece only when enough was said, and what follows is another", () => {
  assert.deepEqual(heard([3, -1, 3, -9]).cut.length, 1);
  const { cut } = heard([7, -1, 4, -9]);
  assert.equal(cut.length, 2);
  assert.ok(cut[0] > 7.3 && cut[0] < 7.7, `${cut}`);
});

test("who speaks without a pause is cut before the server's longest piece", () => {
  const { cut } = heard([65, -9]);
  assert.equal(cut.length, 3);
  assert.ok(cut.every((one) => one <= 28.02), `${cut}`);
});

test("at the end of the time it ends, and the last words count", () => {
  const { cut, end, after } = heard([20], { longestS: 10 });
  assert.equal(end, "full");
  assert.ok(Math.abs(after - 10) < 0.05);
  assert.ok(Math.abs(cut.reduce((sum, one) => sum + one, 0) - 10) < 0.1, `${cut}`);
});

test("where nobody speaks nothing is sent", () => {
  for (const seconds of [[-20], [-2, 0.04, -20]]) { // a click is no speech
    const { cut, end } = heard(seconds);
    assert.equal(end, "nobody");
    assert.deepEqual(cut, []);
  }
});

test("a noisy room is not taken for speech, a voice over it is", () => {
  const cut = [];
  const pieces = new Pieces({ longestS: 120, pieceS: 28, piece: (blocks) => cut.push(blocks) });
  const add = (loudness, seconds) => {
    for (let at = 0; at < seconds * BLOCKS_A_SECOND; at += 1) pieces.add({ samples: block(), loudness });
  };
  add(0.007, 5);
  assert.equal(pieces.hasSpoken, false);
  add(0.1, 1);
  assert.equal(pieces.hasSpoken, true);
});

test("what is sent is a WAV of 16 kHz, one channel, 16 bit", () => {
  const wav = new DataView(wavOf([Float32Array.of(0, 1, -1), Float32Array.of(2)]));
  const word = (place) => String.fromCharCode(...[0, 1, 2, 3].map((at) => wav.getUint8(place + at)));
  assert.deepEqual([word(0), word(8), word(36)], ["RIFF", "WAVE", "data"]);
  assert.deepEqual([wav.getUint16(22, true), wav.getUint32(24, true), wav.getUint16(34, true)], [1, 16000, 16]);
  assert.deepEqual([wav.byteLength, wav.getUint32(4, true), wav.getUint32(40, true)], [52, 44, 8]);
  assert.deepEqual([44, 46, 48, 50].map((place) => wav.getInt16(place, true)), [0, 32767, -32767, 32767]);
});
