"""The voice process on this machine (voice/serve.py): what is said becomes words, words become sound.

Nothing that goes either way is kept or logged, and no exception carries any of it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import httpx

from kiosk_api.gateways.deadline import within
from kiosk_api.gateways.local_http import local_client, whole_of
from kiosk_api.services.base.terminal_ports import Heard, HearingBusy, HearingOff, NotSound

HEAR_WITHIN_S, SAY_WITHIN_S = 25.0, 10.0
ASKED_AGAIN_S = 5.0  # between two questions whether it is there
_HEALTH_S = 0.5
_SOUND_MOST = 8 * 1024 * 1024  # bytes: the longest text has some two minutes
_WORDS_MOST = 64 * 1024
_BUSY, _REFUSED = 503, (400, 413)


class VoiceProcess:
    """One pooled client; safe to share between threads."""

    def __init__(self, url: str, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._client = local_client(url, httpx.Timeout(HEAR_WITHIN_S, connect=0.3))
        self._elapsed = elapsed
        self._there: dict[str, bool] = {}
        self._has_heard = False
        self._asked_at = -ASKED_AGAIN_S

    def says(self) -> bool:
        """Whether it can speak now; asked every few seconds at most."""
        return self._state().get("says", False)

    def is_on(self) -> bool:
        """Whether it can hear now; asked every few seconds at most."""
        hears = self._state().get("hears", False)
        self._has_heard = self._has_heard or hears
        return hears

    def has_gone(self) -> bool:
        """Whether it could hear at some time since this program started, and cannot now."""
        return not self.is_on() and self._has_heard

    def say(self, text: str) -> bytes | None:
        """A WAV; None where the process is away, busy or slow."""
        try:
            with (
                within(SAY_WITHIN_S),
                self._client.stream("POST", "/say", json={"text": text}, timeout=SAY_WITHIN_S) as answer,
            ):
                return whole_of(answer, _SOUND_MOST) if answer.status_code == 200 else None
        except httpx.HTTPError:
            return None

    def hear(self, wav: bytes, kind: str) -> Heard:
        """What was said. Raises HearingOff, HearingBusy or NotSound."""
        head = {"Content-Type": "audio/wav"}
        try:
            with (
                within(HEAR_WITHIN_S),
                self._client.stream("POST", "/hear", params={"kind": kind}, content=wav, headers=head) as answer,
            ):
                status, body = answer.status_code, whole_of(answer, _WORDS_MOST)
                is_asked_back = "Retry-After" in answer.headers
        except httpx.HTTPError:  # it may quote the request: nothing of it is passed on
            raise HearingOff from None
        if status == _BUSY and is_asked_back:
            raise HearingBusy
        if status in _REFUSED:
            raise NotSound
        found = _heard(body) if status == 200 else None
        if found is None:
            raise HearingOff
        return found

    def _state(self) -> dict[str, bool]:
        now = self._elapsed()
        if now - self._asked_at >= ASKED_AGAIN_S:
            self._there, self._asked_at = self._health(), now
        return self._there

    def _health(self) -> dict[str, bool]:
        try:
            with within(_HEALTH_S), self._client.stream("GET", "/health", timeout=_HEALTH_S) as answer:
                said = json.loads(whole_of(answer, _WORDS_MOST)) if answer.status_code == 200 else {}
        except (httpx.HTTPError, ValueError, RecursionError):
            return {}
        return {name: said.get(name) is True for name in ("says", "hears")} if isinstance(said, dict) else {}


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
