"""When the last whole backup was made, in a small file of the data folder; and files that are whole or not there."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

NOTE = "last-backup.json"


def last_backup(data_dir: Path) -> datetime | None:
    """The moment of the last backup that was noted; None when there is none or the note is broken."""
    try:
        at = datetime.fromisoformat(json.loads((data_dir / NOTE).read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return at if at.tzinfo else None


def place_of_last(data_dir: Path) -> str | None:
    """The file of the last backup, as it was noted; it may have been moved since."""
    try:
        place = json.loads((data_dir / NOTE).read_text(encoding="utf-8"))["file"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return place if isinstance(place, str) else None


def note_backup(data_dir: Path, at: datetime, file: Path | None = None) -> None:
    """Note a backup, replacing the note before; one made by other means has no file. Raises OSError."""
    partial = data_dir / f".{NOTE}.{os.getpid()}"
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as note:
        json.dump({"at": at.isoformat(), "file": str(file) if file else None}, note)
        note.flush()
        sync_file(note.fileno())
    partial.replace(data_dir / NOTE)
    sync_folder(data_dir)


def sync_file(descriptor: int) -> None:
    """Flushed to the disk, and out of the memory, so that what is read next comes from the disk."""
    os.fsync(descriptor)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """The names in a folder, flushed to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
