"""Where the file of a spoken sentence is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ENDING = ".mp3"


def path_of(sentence: str, folder: Path) -> Path:
    """Named by the SHA-256 of the sentence with single blanks, as the API looks it up (kiosk_api/domain/spoken.py)."""
    return folder / (hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest() + ENDING)


def to_do(lines: Iterable[str], folder: Path) -> list[str]:
    """The sentences that have no file yet, each once; before a tab of a line anything may stand."""
    sentences = dict.fromkeys(line.rsplit("\t", 1)[-1].strip() for line in lines)
    return [one for one in sentences if one and not path_of(one, folder).is_file()]
