"""Printed lines of a photo, asked from the voice process over loopback (voice/cards.py). Nothing is kept or logged."""

from __future__ import annotations

import json
import math
from typing import Any

import httpx

from kiosk_api.domain.cards import PrintedLine
from kiosk_api.gateways.deadline import within
from kiosk_api.gateways.local_http import local_client, whole_of
from kiosk_api.services.base.terminal_ports import CardReaderBusy, CardReaderOff, NotAPhoto

WAIT_S = 15.0  # a photo takes about one second, the first one three more while the models are loaded
_HEALTH_S = 0.5
_BUSY, _REFUSED = 503, (400, 413, 415, 422)


class LocalCardReader:
    """One pooled client; safe to share between threads."""

    def __init__(self, url: str, wait_s: float = WAIT_S) -> None:
        self._client = local_client(url, httpx.Timeout(wait_s, connect=0.3))
        self._wait_s = wait_s

    def is_on(self) -> bool:
        """Whether the voice process is there and can read cards; half a second at most."""
        try:
            with within(_HEALTH_S), self._client.stream("GET", "/health", timeout=_HEALTH_S) as answer:
                said = json.loads(whole_of(answer)) if answer.status_code == 200 else {}
        except (httpx.HTTPError, ValueError, RecursionError):
            return False
        return isinstance(said, dict) and said.get("cards") is True

    def read(self, photo: bytes) -> list[PrintedLine]:
        """The lines of a JPEG. Raises NotAPhoto, CardReaderBusy or CardReaderOff."""
        try:
            status, body, wait = self._asked(photo)
        except httpx.HTTPError:  # it may quote the request: nothing of it is passed on
            raise CardReaderOff from None
        if status == _BUSY and wait:
            raise CardReaderBusy
        if status in _REFUSED:
            raise NotAPhoto
        lines = _lines(body) if status == 200 else None
        if lines is None:
            raise CardReaderOff
        return lines

    def _asked(self, photo: bytes) -> tuple[int, bytes, str]:
        head = {"Content-Type": "image/jpeg"}
        with within(self._wait_s), self._client.stream("POST", "/card", content=photo, headers=head) as answer:
            return answer.status_code, whole_of(answer), answer.headers.get("Retry-After", "")


def _lines(body: bytes) -> list[PrintedLine] | None:
    """The answer's lines; None when it has another shape."""
    try:
        return [_line(one) for one in json.loads(body)["lines"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def _line(one: Any) -> PrintedLine:
    text, numbers = one["text"], [float(side) for side in (*one["box"], one["score"])]
    if not isinstance(text, str) or len(numbers) != 5 or not all(map(math.isfinite, numbers)):
        raise ValueError
    return PrintedLine(text, *numbers)
