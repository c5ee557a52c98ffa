"""Sound as samples from -1 to 1, and as the WAV that pages and this process send each other."""

from __future__ import annotations

import io
import wave

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
HEARD_AT = 16_000
"""Samples a second of what is recognised."""
LONGEST_HEARD_S = 30


class NotSound(Exception):
    """The bytes are no WAV of 16 kHz, mono, 16 bit, of at most 30 seconds."""


def to_wav(samples: Samples, rate: int) -> bytes:
    """A WAV of 16 bit, mono."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
        return file.getvalue()


def from_wav(data: bytes) -> Samples:
    """The samples of what is to be recognised. Raises NotSound."""
    try:
        with wave.open(io.BytesIO(data), "rb") as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            if form != (1, 2, HEARD_AT) or file.getnframes() > LONGEST_HEARD_S * HEARD_AT:
                raise NotSound
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError, ValueError):
        raise NotSound from None
    return np.frombuffer(frames[: len(frames) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)
