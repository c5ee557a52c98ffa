/* The microphone while somebody speaks: 16 kHz, one channel. Its sound is in no storage, and it is off as soon as it is not
   needed. */

import { ended } from "../core/forget.js";

export const RATE = 16000;
const HIGHEST_HZ = 7000; // above half of RATE nothing may be left when samples are put together
const STEEP = [0.54, 1.31]; // two filters that together are a Butterworth filter of the fourth order
const WANTED = { audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } };
const WORKLETS = "audioWorklet";
const WORKLET = new URL("take_sound.js", import.meta.url).href;

export class Microphone {
  /** `heard({samples, loudness})` is called every 20 ms; `lost()` when the device goes away. */
  constructor(heard, lost) {
    Object.assign(this, { heard, lost });
    this.stream = this.context = null;
    this.closed = false;
  }

  /** Throws what getUserMedia throws: NotAllowedError, NotFoundError … */
  async open() {
    const stream = await navigator.mediaDevices.getUserMedia(WANTED);
    if (this.closed || ended.aborted) {
      stop(stream);
      return;
    }
    this.stream = stream;
    stream.getAudioTracks()[0].addEventListener("ended", () => { if (!this.closed) this.lost(); });
    const { AudioContext: Context, AudioWorkletNode: Node } = window; // offer.js has asked whether they are there
    let sound = null;
    try {
      this.context = new Context({ sampleRate: RATE });
      sound = this.context.createMediaStreamSource(stream);
    } catch { // Firefox: a context must have the rate of the device
      if (this.context) this.context.close();
      this.context = new Context();
      sound = withoutHigh(this.context, this.context.createMediaStreamSource(stream));
    }
    await this.context[WORKLETS].addModule(WORKLET);
    if (this.closed) return;
    const taking = new Node(this.context, "take-sound", { numberOfOutputs: 0 });
    taking.port.addEventListener("message", ({ data }) => { if (!this.closed) this.heard(data); });
    taking.port.start();
    sound.connect(taking);
    await this.context.resume();
  }

  close() {
    this.closed = true;
    if (this.stream) stop(this.stream);
    if (this.context && this.context.state !== "closed") this.context.close();
    this.stream = this.context = null;
  }
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** What take_sound.js makes 16 kHz of. */
function withoutHigh(context, sound) {
  return STEEP.reduce((before, Q) => {
    const filter = new BiquadFilterNode(context, { type: "lowpass", frequency: HIGHEST_HZ, Q: 20 * Math.log10(Q) });
    before.connect(filter);
    return filter;
  }, sound);
}
