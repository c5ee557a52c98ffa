"""The list of erasures as a file: one line for each, `ID<tab>TIME<tab>CAUSE`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kiosk_api.domain.erasure import Cause, Erased

NAME = "erasures.log"


class ErasureFile:
    """Append-only; a line that a crash cut off is passed over."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, lines: Iterable[Erased]) -> None:
        """Append, flushed to the disk before it returns. Raises OSError."""
        text = "".join(f"\n{one.case_id}\t{one.at.isoformat()}\t{one.cause}" for one in lines)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(text.encode())  # begins with the end of a line, so that a torn one spoils no other
            file.flush()
            os.fsync(file.fileno())

    def all(self) -> list[Erased]:
        """Every whole line."""
        found = []
        with suppress(FileNotFoundError):
            for line in self.path.read_text("ascii", "replace").splitlines():
                with suppress(ValueError):
                    case_id, at, cause = line.split("\t")
                    found.append(Erased(case_id, datetime.fromisoformat(at), Cause(cause)))
        return found
