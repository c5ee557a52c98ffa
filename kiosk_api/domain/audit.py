"""The record of changes: one chain of entries for each case, and one for what belongs to no case.

An entry says when, who, what was done to which row, and a digest of the row as stored: sealed columns stay sealed, so
an entry holds nothing personal and erasing a person leaves the chain whole. Its hash is a MAC over the hash before it
and the entry. Whoever has the store and not the key can neither add nor change an entry that fits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

OFFICE = "office"  # the chain of what belongs to no case
ADOPTED, INSERTED, UPDATED, DELETED = "adopted", "inserted", "updated", "deleted"
REWRITING = "rewriting"  # rows that are kept as they are may change in this transaction
BEGUN = "begun"  # what the store held before has got its first entries
START = b""  # the hash before the first entry

_ROW, _ENTRY = b"audit row\x1f", b"audit entry\x1f"


@dataclass(frozen=True)
class Entry:
    """One entry; `at` as stored, `digest` is None of a row that is gone."""

    stream: str
    seq: int
    at: str
    actor_kind: str
    actor: str
    action: str
    table: str
    key: str
    digest: bytes | None
    reason: str | None
    key_id: str
    hash: bytes = b""

    def content(self) -> bytes:
        """Everything but the hash, the same on every database."""
        digest = self.digest.hex() if isinstance(self.digest, bytes) else self.digest
        parts = (self.stream, self.seq, self.at, self.actor_kind, self.actor, self.action, self.table, self.key, digest)
        return json.dumps([*parts, self.reason, self.key_id], separators=(",", ":"), default=repr).encode()


@dataclass(frozen=True)
class Head:
    """The last entry of a chain, and the entry that the latest anchor names."""

    stream: str
    seq: int
    hash: bytes
    anchored: int = 0


@dataclass(frozen=True)
class Row:
    """A stored row: its table, its key, and its content as `row_content` gives it."""

    table: str
    key: str
    content: bytes


@dataclass(frozen=True)
class Fault:
    """What does not fit, and where. `seq` is the entry's, where it is one of a chain."""

    what: str
    stream: str
    table: str
    key: str
    seq: int | None = None


class Macs(Protocol):
    """The key of the record; a former key still checks what it made."""

    def current(self) -> str:
        """The id of the key in use."""
        ...

    def mac(self, key_id: str, message: bytes) -> bytes | None:
        """An HMAC of 32 bytes; None where there is no such key."""
        ...


def row_content(table: str, values: Mapping[str, Any]) -> bytes:
    """The columns of a row as stored, without the empty ones: a column that is added later and empty changes nothing.

    Files and sealed values go in as their SHA-256. The same row gives the same bytes on SQLite and PostgreSQL.
    """
    known = {name: _plain(value) for name, value in sorted(values.items()) if value is not None}
    return json.dumps([table, known], separators=(",", ":"), default=repr).encode()


def row_digest(macs: Macs, key_id: str, content: bytes) -> bytes | None:
    """None where the key is not known."""
    return macs.mac(key_id, _ROW + content)


def entry_hash(macs: Macs, before: bytes, entry: Entry) -> bytes | None:
    """The hash of an entry after the hash before it; None where its key is not known."""
    return macs.mac(entry.key_id, _ENTRY + len(before).to_bytes(2) + before + entry.content())


def key_text(values: tuple[Any, ...]) -> str:
    """The key of a row as an entry names it."""
    return "/".join(str(_plain(one)) for one in values)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return ["sha256", hashlib.sha256(value).hexdigest()]
    return value
