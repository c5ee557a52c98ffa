/* Runs beside the page, in the thread of the sound: hands on blocks of 20 ms with their loudness. An AudioWorklet. */

const BLOCK = 320; // samples of 16 kHz

class TakeSound extends AudioWorkletProcessor {
  constructor() {
    super();
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
  }

  /** Called by the browser with 128 samples at a time. */
  process(inputs) {
    for (const one of inputs[0][0] || []) {
      this.block[this.filled] = one;
      this.filled += 1;
      if (this.filled === BLOCK) this.handOn();
    }
    return true;
  }

  handOn() {
    let sum = 0;
    for (const one of this.block) sum += one * one;
    this.port.postMessage({ samples: this.block.slice(), loudness: Math.sqrt(sum / BLOCK) });
    this.filled = 0;
  }
}

registerProcessor("take-sound", TakeSound);
