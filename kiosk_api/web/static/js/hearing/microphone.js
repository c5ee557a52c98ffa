/* The microphone while somebody speaks: 16 kHz, one channel. Its sound is in no storage, and it is off as soon as it is not
   needed. */

import { ended, onWipe } from "../core/forget.js";

export const RATE = 16000;
const WANTED = { audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } };
const WORKLETS = "audioWorklet";
const WORKLET = new URL("take_sound.js", import.meta.url).href;

export class Microphone {
  /** `heard({samples, loudness})` is called every 20 ms; `lost()` when the device goes away. */
  constructor(heard, lost) {
    Object.assign(this, { heard, lost });
    this.stream = this.context = null;
    this.closed = false;
    onWipe(() => this.close());
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
    const context = new Context({ sampleRate: RATE });
    this.context = context;
    await context[WORKLETS].addModule(WORKLET);
    if (this.closed) return;
    const taking = new Node(this.context, "take-sound", { numberOfOutputs: 0 });
    taking.port.addEventListener("message", ({ data }) => { if (!this.closed) this.heard(data); });
    taking.port.start();
    this.context.createMediaStreamSource(stream).connect(taking);
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
