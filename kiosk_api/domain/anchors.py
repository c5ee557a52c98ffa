"""An anchor: signed, outside the store, it says how far each chain had come at a moment.

Text, one line each: a head of `Anchor`, a line for each chain that has moved since the anchor before it, and the
signature over everything above it. All anchors together name the end of every chain, so that entries which are cut
off together with their rows are missed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Anchor:
    """The head: `entries` of all chains together, `previous` the SHA-256 of the anchor before it ("" for the first)."""

    number: int
    at: str
    chains: int
    entries: int
    previous: str

    def line(self) -> str:
        return json.dumps({"anchor": 1, **vars(self)}, sort_keys=True) + "\n"

    @classmethod
    def read(cls, line: str) -> Anchor:
        """Raises ValueError for another line."""
        known = json.loads(line)
        if not isinstance(known, dict) or known.pop("anchor", None) != 1:
            raise ValueError("no head of an anchor")
        try:
            return cls(**known)
        except TypeError as error:
            raise ValueError("no head of an anchor") from error


@dataclass(frozen=True)
class Moved:
    """A chain that has moved: from which entry to which, and the hash of the latter, hexadecimal."""

    stream: str
    since: int
    to: int
    hash: str

    def line(self) -> str:
        return f"{self.stream}\t{self.since}\t{self.to}\t{self.hash}\n"

    @classmethod
    def read(cls, line: str) -> Moved:
        """Raises ValueError for another line."""
        stream, since, to, digest = line.rstrip("\n").split("\t")
        return cls(stream, int(since), int(to), digest)


class Writing(Protocol):
    """A new anchor; it is there, whole and on the disk, only once the block has ended well."""

    def add(self, line: str) -> None: ...

    def digest(self) -> bytes:
        """SHA-256 of everything so far."""
        ...


class AnchorFolder(Protocol):
    """Where anchors are kept; none is ever replaced."""

    path: Path

    def numbers(self) -> list[int]:
        """Of the anchors that are there, the oldest first."""
        ...

    def last_at(self) -> datetime | None:
        """When the newest was written."""
        ...

    def writing(self, number: int) -> AbstractContextManager[Writing]: ...

    def lines(self, number: int) -> Iterator[tuple[str, bytes]]:
        """(line, SHA-256 of everything before it)."""
        ...

    def digest(self, number: int) -> str:
        """SHA-256 of the whole file, hexadecimal."""
        ...

    def is_apart(self) -> bool:
        """Whether it is on another disk than the data."""
        ...


class Signatures(Protocol):
    """The key that signs anchors."""

    def sign(self, message: bytes) -> tuple[str, bytes]: ...

    def is_genuine(self, key_id: str, message: bytes, signature: bytes) -> bool: ...

    def public(self) -> str: ...
