"""Hearing and speaking by the voice process: what is said becomes words, words become sound. Nothing is kept or logged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from kiosk_api.gateways.voice_call import Away, VoiceCall
from kiosk_api.services.base.terminal_ports import Heard, HearingBusy, HearingOff, NotSound

HEAR_WITHIN_S, SAY_WITHIN_S = 25.0, 10.0
_SOUND_MOST = 8 * 1024 * 1024  # bytes: the longest text has some two minutes
_WORDS_MOST = 64 * 1024
_REFUSED = (400, 413)


class VoiceProcess:
    """Safe to share between threads."""

    def __init__(self, url: str, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._call = VoiceCall(url, HEAR_WITHIN_S, elapsed)
        self._has_heard = False

    def says(self) -> bool:
        """Whether it can speak now."""
        return self._call.offers("says")

    def is_on(self) -> bool:
        """Whether it can hear now."""
        hears = self._call.offers("hears")
        self._has_heard = self._has_heard or hears
        return hears

    def has_gone(self) -> bool:
        """Whether it could hear at some time since this program started, and cannot now."""
        return not self.is_on() and self._has_heard

    def say(self, text: str) -> bytes | None:
        """A WAV; None where the process is away, busy or slow."""
        asked = json.dumps({"text": text}).encode()
        try:
            reply = self._call.post("/say", asked, "application/json", wait_s=SAY_WITHIN_S, most_bytes=_SOUND_MOST)
        except Away:
            return None
        return reply.body if reply.status == 200 else None

    def hear(self, wav: bytes, kind: str) -> Heard:
        """What was said. Raises HearingOff, HearingBusy or NotSound."""
        try:
            reply = self._call.post("/hear", wav, "audio/wav", params={"kind": kind}, most_bytes=_WORDS_MOST)
        except Away:
            raise HearingOff from None
        if reply.is_busy:
            raise HearingBusy
        if reply.status in _REFUSED:
            raise NotSound
        found = _heard(reply.body) if reply.status == 200 else None
        if found is None:
            raise HearingOff
        return found


def _heard(body: bytes) -> Heard | None:
    """None when the answer has another shape."""
    try:
        said = json.loads(body)
        text, spelt = said["text"], said["spelt"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(text, str) or not isinstance(spelt, list) or not all(isinstance(one, str) for one in spelt):
        return None
    return Heard(text, tuple(spelt))
