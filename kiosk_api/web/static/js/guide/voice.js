/* Reads sentences aloud: a voice of the browser on this machine, else the server's. */

import { get } from "../core/api.js";
import { cut } from "../core/cut.js";
import { ended } from "../core/forget.js";

const MOST = 600; // characters
const RATE = 0.9;

export class Voice {
  constructor(language) {
    this.language = language;
    this.player = new Audio();
    this.fromServer = false;
  }

  /** Find out whether anything can be read; `changed()` tells of a change. */
  init(changed) {
    if (window.speechSynthesis) window.speechSynthesis.addEventListener("voiceschanged", changed);
    if (this.own()) return;
    get("/speech").then((answer) => {
      this.fromServer = answer.available;
      changed();
    }, () => {});
  }

  get available() {
    return Boolean(this.own()) || this.fromServer;
  }

  /** On this machine: another would send the words away. */
  own() {
    return window.speechSynthesis && speechSynthesis.getVoices()
      .find((one) => one.localService && one.lang.toLowerCase().startsWith(this.language));
  }

  /** Reads `texts` in turn while `going()`; `begin(place)` comes before each. The next sound is fetched while one plays. */
  async readAll(texts, { going, begin }) {
    const own = this.own();
    const fetched = (place, part = 0) => {
      const asked = own || place >= texts.length ? null : this.sound(texts[place], part);
      if (asked) asked.catch(() => {}); // awaited when its turn comes
      return asked;
    };
    let next = fetched(0);
    for (const [place, text] of texts.entries()) {
      begin(place);
      if (own) await this.speak(text, own);
      for (let part = 0, parts = own ? 0 : 1; part < parts; part += 1) {
        const sound = await next;
        if (!going()) return;
        parts = sound.parts;
        next = part + 1 < parts ? fetched(place, part + 1) : fetched(place + 1);
        await this.play(sound.blob);
      }
      if (!going()) return;
    }
  }

  /** {blob, parts}: one breath of it, and how many there are. */
  async sound(text, part) {
    const answer = await fetch("/api/v1/speech", {
      method: "POST", cache: "no-store", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: cut(text, MOST), language: this.language, part }), signal: ended,
    });
    if (!answer.ok) throw new Error("speech_off");
    return { blob: await answer.blob(), parts: Number(answer.headers.get("Sound-Parts")) || 1 };
  }

  play(blob) {
    const { player } = this;
    const address = URL.createObjectURL(blob);
    return new Promise((done, failed) => {
      player.onended = done;
      player.onerror = () => (player.hasAttribute("src") ? failed(new Error("sound")) : done());
      player.src = address;
      player.play().catch((error) => (error.name === "AbortError" ? done() : failed(error)));
    }).finally(() => URL.revokeObjectURL(address));
  }

  speak(text, voice) {
    return new Promise((done) => {
      // eslint-disable-next-line baseline/script -- only where own() has found a voice
      const spoken = new SpeechSynthesisUtterance(text);
      Object.assign(spoken, { voice, lang: document.documentElement.lang, rate: RATE });
      spoken.onend = done;
      spoken.onerror = done;
      if (window.speechSynthesis) window.speechSynthesis.speak(spoken);
    });
  }

  stop() {
    if (window.speechSynthesis) window.speechSynthesis.cancel();
    this.player.pause();
    this.player.removeAttribute("src");
    this.player.dispatchEvent(new Event("ended"));
  }
}
