"""What the use cases need of a terminal: printer, voice, handwriting, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk_api.services.base.records import CleanPicture
from kiosk_api.services.base.shown import Receipt


class PrinterTrouble(Exception):
    """Nothing usable was printed; `code` is printer_off, printer_paper_out or printer_gone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SpeechUnavailable(Exception):
    """Nothing can be spoken here now; the words are on the screen all the same."""


class PictureWriter(Protocol):
    """Decodes a picture and encodes it again, without anything but what can be seen."""

    def rewrite(self, data: bytes) -> CleanPicture:
        """Raises DomainError with a sentence for the person who chose the file."""
        ...


class Handwriting(Protocol):
    """Reads one sign from the strokes of a finger."""

    def available(self) -> bool: ...

    def read(
        self, width: int, height: int, strokes: Sequence[Sequence[tuple[int, int]]], most: int
    ) -> list[str] | None:
        """Signs, likeliest first; None where it is not available. Keeps nothing."""
        ...


class ReceiptPrinter(Protocol):
    """The terminal's own printer."""

    is_on: bool

    def print_receipt(self, receipt: Receipt) -> None:
        """Raises PrinterTrouble."""
        ...

    def state(self) -> str:
        """`ok`, or the code of the trouble; asks the device where it answers."""
        ...


class Speech(Protocol):
    """Words as sound, made on this machine."""

    def is_on(self) -> bool: ...

    def say(self, text: str, language: str) -> tuple[bytes, str]:
        """(sound, media type) of a text in `zh` or `en`. Raises SpeechUnavailable."""
        ...
