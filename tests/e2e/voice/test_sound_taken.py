"""The sound that is sent: at 16 kHz from any device, one piece at a time."""

from __future__ import annotations

import io
import json
import math
import struct
import wave

from playwright.sync_api import Page, Route, expect

from tests.e2e.helpers.visits import until
from tests.e2e.voice.conftest import RATE, Listener, Mouth

SAID = "工地半夜打桩"

# As Firefox: a context with another rate than the device's takes no microphone. Its microphone has a low and a very high tone.
AS_FIREFOX = """() => {
  const Context = window.AudioContext;
  const outside = new Context();
  const end = outside.createMediaStreamDestination();
  const loudness = new GainNode(outside, { gain: 0.2 });
  loudness.connect(end);
  for (const frequency of [440, 12000]) {
    const tone = new OscillatorNode(outside, { frequency });
    tone.connect(loudness);
    tone.start();
  }
  navigator.mediaDevices.getUserMedia = async () => {
    await outside.resume();
    loudness.gain.setValueAtTime(0, outside.currentTime + 3);
    return end.stream;
  };
  window.AudioContext = class extends Context {
    createMediaStreamSource(stream) {
      if (this.sampleRate === 16000) throw new DOMException("", "NotSupportedError");
      return super.createMediaStreamSource(stream);
    }
  };
}"""
LOW_HZ, FOLDED_HZ = 440, 4000  # where 12 kHz would be heard if it were not taken out before


def strength(samples: tuple[int, ...], frequency: float) -> float:
    """How strong a tone is in them."""
    turns = [2 * math.pi * frequency * at / RATE for at in range(len(samples))]
    real = sum(one * math.cos(turn) for one, turn in zip(samples, turns, strict=True))
    other = sum(one * math.sin(turn) for one, turn in zip(samples, turns, strict=True))
    return math.hypot(real, other) / len(samples)


def speak(page: Page) -> None:
    page.get_by_role("button", name="点一下开始说", exact=True).click()


def answer(route: Route, words: str) -> None:
    route.fulfill(status=200, content_type="application/json", body=json.dumps({"text": words, "spelt": []}))


def test_a_browser_that_keeps_the_rate_of_the_device_is_heard_too(kiosk: Page, listener: Listener) -> None:
    sent: list[bytes] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        answer(route, SAID)

    kiosk.route("**/api/v1/hearing?kind=*", take)
    kiosk.goto("/talk")
    kiosk.evaluate(AS_FIREFOX)
    speak(kiosk)
    expect(kiosk.locator("#hear-said")).to_have_value(SAID, timeout=20_000)
    with wave.open(io.BytesIO(sent[0])) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        frames = file.readframes(file.getnframes())
    samples = struct.unpack(f"<{len(frames) // 2}h", frames)
    second = samples[RATE // 2 : RATE // 2 + RATE]
    assert strength(second, LOW_HZ) > 1000, "a tone of the voice stays where it is"
    assert strength(second, LOW_HZ) > 20 * strength(second, FOLDED_HZ), "a tone too high for 16 kHz is taken out"


def test_the_next_piece_waits_for_the_words_of_the_one_before(kiosk: Page, listener: Listener, mouth: Mouth) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    kiosk.route("**/api/v1/hearing?kind=*", hold)
    mouth.says(7.0, -1.0, 1.5)
    kiosk.goto("/talk")
    speak(kiosk)
    expect(kiosk.locator("#hear-title")).to_have_text("正在变成文字……", timeout=30_000)
    assert len(held) == 1, "both pieces are said, one is sent"
    answer(held[0], "第一段，")
    until(lambda: len(held) == 2, kiosk)
    answer(held[1], "第二段。")
    expect(kiosk.locator("#hear-said")).to_have_value("第一段，第二段。")
