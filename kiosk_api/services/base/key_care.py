"""Check at every start which keys a store needs, so that a lost key is never replaced silently.

The store notes each key by its id and a check value, never the key. Keys are made only while
nothing in the store needs one.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.keys import ADDED_LATER, PURPOSES, Key, KeyNote, file_name, no_use
from kiosk_api.services.base.ports import Store


class Folder(Protocol):
    """Key files."""

    def found(self) -> list[Key]: ...

    def make(self, purpose: str, number: int) -> Key: ...


class Notes(Protocol):
    """The store's notes about keys, read before anything can be decrypted."""

    def all(self) -> list[KeyNote] | None:
        """None for a store that cannot be read or has not been migrated yet."""
        ...

    def holds_anything(self) -> bool: ...

    def note(self, keys: Sequence[Key], at: datetime, *, replace: bool = False) -> None: ...


def keys_of_store(
    folder: Folder, notes: Notes, place: str, now: datetime, fits: Callable[[Sequence[Key]], str | None]
) -> list[Key]:
    """The keys to start with. Raises StartRefused, naming the file and what to do.

    `fits` tries keys of a store without notes on what is stored and names the purpose that does
    not open it; a store made before notes existed gets them at its first start that way.
    """
    noted, empty = notes.all(), not notes.holds_anything()
    found = folder.found()
    if empty:
        found += [folder.make(purpose, 1) for purpose in PURPOSES if not any(key.purpose == purpose for key in found)]
        known = {(note.id, note.check) for note in noted or ()}
        if noted is not None and known != {(key.id, key.check) for key in found}:
            notes.note(found, now, replace=True)
        return found
    there = {note.purpose for note in noted or ()} | {key.purpose for key in found}
    found += [folder.make(purpose, 1) for purpose in ADDED_LATER if purpose not in there]
    all_there(found, noted or [], place)
    if noted is None:
        return found
    if not noted and (wrong := fits(found)):
        raise no_use(wrong, f"{place}/{wrong}", "wrong")
    fresh = [key for key in found if key.id not in {note.id for note in noted}]
    if fresh:
        notes.note(fresh, now)
    return found


def all_there(found: Sequence[Key], noted: Sequence[KeyNote], place: str) -> None:
    """Raises StartRefused when a key that the store needs is missing from `place`, or is another one."""
    by_id = {key.id: key for key in found}
    by_place = {(key.purpose, key.number) for key in found}
    # QR tokens keep the mark of the index key they were made with, printed codes their receipt key
    needed = [note for note in noted if note.purpose != "encryption" or note.emptied_at is None]
    for note in needed:
        key = by_id.get(note.id)
        if key is not None and hmac.compare_digest(key.check, note.check):
            continue
        name = file_name(note.purpose, note.number)
        state = "wrong" if (note.purpose, note.number) in by_place else "missing"
        raise no_use(name, f"{place}/{name}", state)
    for purpose in PURPOSES:
        if purpose not in ADDED_LATER and not any(key.purpose == purpose for key in found):
            raise no_use(purpose, f"{place}/{purpose}", "missing")


def rotate(folder: Folder, store: Store, purpose: str, now: datetime) -> Key:
    """Make a further key, used from now on; running processes load it by themselves."""
    with store.read() as records:
        numbers = [note.number for note in records.key_notes() if note.purpose == purpose]
    numbers += [key.number for key in folder.found() if key.purpose == purpose]
    key = folder.make(purpose, max(numbers) + 1)
    with store.write() as records:
        records.note_keys([key], now)
    return key
