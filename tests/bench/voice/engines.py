"""The product's speaker and listener in this process, each loaded once; other voices and speeds by their names."""

from __future__ import annotations

from functools import lru_cache

from voice import speaker
from voice.listener import Listener
from voice.sound import Samples


def speak(text: str, voice: str = speaker.VOICE, speed: float = speaker.SPEED) -> Samples:
    """24 kHz."""
    return _speaker().say(text, voice, speed)


def recognise(samples: Samples) -> str:
    """What the model writes for 16 kHz, before anything is done with it."""
    return _listener().hear(samples)


@lru_cache(maxsize=1)
def _speaker() -> speaker.Speaker:
    return speaker.Speaker()


@lru_cache(maxsize=1)
def _listener() -> Listener:
    return Listener()
