"""Printed lines of a photo, read by the voice process (voice/cards.py). Nothing is kept or logged."""

from __future__ import annotations

import json
import math
from typing import Any

from kiosk_api.domain.cards import PrintedLine
from kiosk_api.gateways.voice_call import Away, VoiceCall
from kiosk_api.services.base.terminal_ports import CardReaderBusy, CardReaderOff, NotAPhoto

WAIT_S = 15.0  # a photo takes about one second, the first one three more while the models are loaded
_REFUSED = (400, 413, 415, 422)


class LocalCardReader:
    """Safe to share between threads."""

    def __init__(self, url: str, wait_s: float = WAIT_S) -> None:
        self._call = VoiceCall(url, wait_s)

    def is_on(self) -> bool:
        """Whether the voice process is there and can read cards now."""
        return self._call.offers("cards")

    def read(self, photo: bytes) -> list[PrintedLine]:
        """The lines of a JPEG. Raises NotAPhoto, CardReaderBusy or CardReaderOff."""
        try:
            reply = self._call.post("/card", photo, "image/jpeg")
        except Away:
            raise CardReaderOff from None
        if reply.is_busy:
            raise CardReaderBusy
        if reply.status in _REFUSED:
            raise NotAPhoto
        lines = _lines(reply.body) if reply.status == 200 else None
        if lines is None:
            raise CardReaderOff
        return lines


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
