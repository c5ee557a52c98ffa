"""What a browser's microphone hears: a file, which the browser reads from its beginning each time the microphone opens."""

from __future__ import annotations

import io
import os
import wave
from pathlib import Path

import httpx

from tests.voice.running import for_hearing, spoken
from voice.sound import HEARD_AT

BEFORE_S, AFTER_S = 0.5, 30.0


class FedMicrophone:
    """`arguments` are those of a Chromium that hears it."""

    def __init__(self, path: Path, voice: httpx.Client, speaker: str) -> None:
        self.path, self.voice, self.speaker = path, voice, speaker
        self.arguments = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-audio-capture={path}%noloop",
        ]
        self.is_silent()

    def says(self, text: str, speed: float = 1.0) -> None:
        """The next time it opens somebody says this, and then nothing."""
        wav = for_hearing(spoken(self.voice, text, voice=self.speaker, speed=speed))
        with wave.open(io.BytesIO(wav)) as file:
            self._put(file.readframes(file.getnframes()))

    def is_silent(self) -> None:
        """The next time it opens nobody speaks."""
        self._put(b"")

    def _put(self, frames: bytes) -> None:
        half = self.path.with_suffix(".half")
        with wave.open(str(half), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(HEARD_AT)
            out.writeframes(bytes(int(BEFORE_S * HEARD_AT) * 2) + frames + bytes(int(AFTER_S * HEARD_AT) * 2))
        os.replace(half, self.path)
