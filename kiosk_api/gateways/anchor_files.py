"""Anchors as files: written beside, flushed, then linked into place, so that none is half there or replaced."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from kiosk_api.domain.anchors import Anchor

_NAME = re.compile(r"anchor-([0-9]{6})\.txt")


class AnchorFiles:
    """The AnchorFolder port."""

    def __init__(self, path: Path, data_dir: Path) -> None:
        self.path = path
        self._data_dir = data_dir

    def numbers(self) -> list[int]:
        """The oldest first; none where there is no folder."""
        with suppress(OSError):
            found = (_NAME.fullmatch(one.name) for one in self.path.iterdir())
            return sorted(int(one[1]) for one in found if one)
        return []

    def last_at(self) -> datetime | None:
        """When the newest was written, by its own head; None where none can be read."""
        for number in self.numbers()[-1:]:
            with suppress(OSError, ValueError, StopIteration):
                head = Anchor.read(next(self.lines(number))[0])
                return datetime.strptime(head.at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        return None

    @contextmanager
    def writing(self, number: int) -> Iterator[_Writing]:
        """A file of this number. Raises FileExistsError where there is one, OSError where it cannot be written."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = self.path / f".{os.getpid()}.partial"
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield _Writing(file)
                file.flush()
                os.fsync(file.fileno())
            os.link(partial, self._file(number))
        finally:
            partial.unlink(missing_ok=True)
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def lines(self, number: int) -> Iterator[tuple[str, bytes]]:
        """(line, SHA-256 of everything before it)."""
        so_far = hashlib.sha256()
        with self._file(number).open("rb") as file:
            for line in file:
                yield line.decode("utf-8", "replace"), so_far.digest()
                so_far.update(line)

    def digest(self, number: int) -> str:
        """SHA-256 of the whole file, hexadecimal."""
        with self._file(number).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def is_apart(self) -> bool:
        """Whether it is on another file system than the data."""
        with suppress(OSError):
            return self.path.stat().st_dev != self._data_dir.stat().st_dev
        return False

    def _file(self, number: int) -> Path:
        return self.path / f"anchor-{number:06}.txt"


class _Writing:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._so_far = hashlib.sha256()

    def add(self, line: str) -> None:
        data = line.encode()
        self._file.write(data)
        self._so_far.update(data)

    def digest(self) -> bytes:
        return self._so_far.digest()
