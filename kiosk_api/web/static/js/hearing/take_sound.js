/* Runs beside the page, in the thread of the sound: hands on blocks of 20 ms with their loudness, at 16 kHz whatever the rate
   of the device is. An AudioWorklet. */

const BLOCK = 320; // samples of 16 kHz
const STEP = sampleRate / 16000; // samples that come for each that goes out, not always a whole number

class TakeSound extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
    this.sum = this.covered = 0; // of the next sample
  }

  /** Called by the browser with 128 samples at a time. */
  process(inputs) {
    for (const one of inputs[0][0] || []) this.take(one);
    return true;
  }

  /** Each sample that goes out is the mean over its time. */
  take(one) {
    let rest = 1;
    while (this.covered + rest >= STEP) {
      const part = STEP - this.covered;
      this.put((this.sum + part * one) / STEP);
      rest -= part;
      this.sum = this.covered = 0;
    }
    this.sum += rest * one;
    this.covered += rest;
  }

  put(one) {
    this.block[this.filled] = one;
    this.filled += 1;
    if (this.filled === BLOCK) this.handOn();
  }

  handOn() {
    let sum = 0;
    for (const one of this.block) sum += one * one;
    this.port.postMessage({ samples: this.block.slice(), loudness: Math.sqrt(sum / BLOCK) });
    this.filled = 0;
  }
}

registerProcessor("take-sound", TakeSound);
