"""A kiosk whose microphone hears a file, and an application that understands whatever is said as given words."""

from __future__ import annotations

import math
import struct
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from kiosk_api.services.base.terminal_ports import Heard
from tests.browsers import BROWSER_ARGS, chromium_path, new_context
from tests.serving import error_free

RATE = 16_000
SYLLABLE_S = 0.25
PITCH_HZ = 180


@dataclass
class Listener:
    """Hears `words`, one after the other, or fails with an exception that stands among them; keeps no sound."""

    words: list[Heard | Exception] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    on: bool = True

    def is_on(self) -> bool:
        return self.on

    def has_gone(self) -> bool:
        return False

    def hear(self, wav: bytes, kind: str) -> Heard:
        self.kinds.append(kind)
        found = self.words.pop(0)
        if isinstance(found, Exception):
            raise found
        return found


class Mouth:
    """What the microphone hears from its next opening on; the browser reads the file from its start each time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def says(self, *parts: float) -> None:
        """Seconds of sound like speech and, as negative numbers, of silence; silence follows."""
        samples: list[int] = []
        for seconds in (*parts, -20.0):
            for at in range(int(abs(seconds) * RATE)):
                samples.append(_voiced(at / RATE) if seconds > 0 else 0)
        with wave.open(str(self.path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def _voiced(second: float) -> int:
    """A voice of ten partial tones in syllables: a steady tone would be taken away as noise."""
    swell = math.sin(math.pi * (second % SYLLABLE_S) / SYLLABLE_S)
    pitch = PITCH_HZ * (1 + 0.2 * math.sin(9 * second))
    return int(9000 * swell * sum(math.sin(2 * math.pi * pitch * n * second) / n for n in range(1, 11)) / 2)


@pytest.fixture
def listener(app: Flask) -> Listener:
    made = Listener()
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], hearing=made)
    return made


@pytest.fixture(scope="session")
def mouth(tmp_path_factory: pytest.TempPathFactory) -> Mouth:
    return Mouth(tmp_path_factory.mktemp("mouth") / "said.wav")


@pytest.fixture(scope="session")
def hearing_browser(browser: Browser, mouth: Mouth) -> Iterator[Browser]:
    """A browser with a microphone that hears what `mouth` says."""
    mouth.says()
    microphone = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={mouth.path}%noloop",
    ]
    running = browser.browser_type.launch(
        executable_path=chromium_path(), headless=True, args=[*BROWSER_ARGS, *microphone]
    )
    yield running
    running.close()


@pytest.fixture
def kiosk(hearing_browser: Browser, base_url: str, listener: Listener) -> Iterator[Page]:
    with error_free(new_context(hearing_browser, base_url, permissions=["microphone"])) as opened:
        yield opened
