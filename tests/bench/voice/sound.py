"""Sounds of the measurement: from 24 to 16 kHz, noise of a given distance in decibels."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

SPOKEN, HEARD = 24_000, 16_000  # Hz
QUIET = 0.3  # seconds before and after what is said
TAPS = 63

Sound = np.ndarray[Any, np.dtype[np.float32]]


def for_listening(spoken: Sound) -> Sound:
    """24 kHz to 16 kHz: a low pass at 7.6 kHz (windowed sinc), then linear between samples; quiet at both ends."""
    place = np.arange(TAPS) - TAPS // 2
    low = np.sinc(2 * 7_600 / SPOKEN * place) * np.hamming(TAPS)
    smooth = np.convolve(spoken, low / low.sum(), mode="same")
    at = np.arange(len(spoken) * HEARD // SPOKEN) * (SPOKEN / HEARD)
    quiet = np.zeros(int(QUIET * HEARD))
    return np.concatenate((quiet, np.interp(at, np.arange(len(spoken)), smooth), quiet)).astype(np.float32)


def with_noise(sound: Sound, decibels: int | None, seed: str) -> Sound:
    """Pink and white noise of the same power, together `decibels` below the speech (root mean square of the whole piece)."""
    if decibels is None:
        return sound
    random = np.random.default_rng(zlib.crc32(seed.encode()))
    white = random.standard_normal(len(sound))
    shape = np.sqrt(np.maximum(np.arange(len(sound) // 2 + 1), 1))
    pink = np.fft.irfft(np.fft.rfft(random.standard_normal(len(sound))) / shape, len(sound))
    noise = white / white.std() + pink / pink.std()
    level = float(sound.std()) * 10 ** (-decibels / 20)
    mixed: Sound = np.clip(sound + noise / noise.std() * level, -1, 1).astype(np.float32)
    return mixed
