"""Ports for a terminal: printer, voice, handwriting, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk_api.domain.cards import PrintedLine
from kiosk_api.services.base.records import CleanPicture
from kiosk_api.services.base.shown import Receipt


class PrinterTrouble(Exception):
    """Nothing usable was printed; `code` is printer_off, printer_paper_out or printer_gone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SpeechUnavailable(Exception):
    """Speech is not available now; the text is on the screen anyway."""


class HearingOff(Exception):
    """Nothing can be heard now; what was to be said is typed."""


class HearingBusy(Exception):
    """Others are being heard."""


class NotSound(Exception):
    """The listener was given something that is no sound."""


@dataclass(frozen=True)
class Heard:
    """What was said, as it is shown, and how it is spelt back: figures in groups, a name by known words."""

    text: str
    spelt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sound:
    """Sound and its media type; `parts` is in how many pieces the text is spoken, of which this is one."""

    data: bytes
    media: str
    parts: int = 1


class CardReaderOff(Exception):
    """No card can be read now; what stands on it is typed."""


class CardReaderBusy(Exception):
    """Another photo is being read."""


class NotAPhoto(Exception):
    """The reader could not decode what it was given."""


class PictureWriter(Protocol):
    """Decodes a picture and encodes it again; only the pixels are kept."""

    def rewrite(self, data: bytes) -> CleanPicture:
        """Raises DomainError with a sentence for the person who chose the file."""
        ...


class Handwriting(Protocol):
    """Recognises one character from the strokes of a finger."""

    def available(self) -> bool: ...

    def read(
        self, width: int, height: int, strokes: Sequence[Sequence[tuple[int, int]]], most: int
    ) -> list[str] | None:
        """Characters, most likely first; None where it is not available. Stores nothing."""
        ...


class CardReader(Protocol):
    """Reads the printed lines of a photo."""

    def is_on(self) -> bool: ...

    def read(self, photo: bytes) -> list[PrintedLine]:
        """The lines of a JPEG. Raises NotAPhoto, CardReaderBusy or CardReaderOff. Stores nothing."""
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
    """Text to speech on this machine."""

    def is_on(self) -> bool: ...

    def say(self, text: str, language: str, part: int = 0) -> Sound:
        """Piece `part` of a text in `zh` or `en`. Raises SpeechUnavailable."""
        ...


class Hearing(Protocol):
    """Mandarin recognised on this machine."""

    def is_on(self) -> bool: ...

    def has_gone(self) -> bool:
        """Whether it could hear before and cannot now."""
        ...

    def hear(self, wav: bytes, kind: str) -> Heard:
        """What was said for a field of `kind`. Raises HearingOff, HearingBusy or NotSound. Stores nothing."""
        ...
