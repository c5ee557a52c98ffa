"""Take a sealed backup of the store: copied while people submit, checked, sealed, read back, and only then named.

A backup holds the store only: petitions, pictures and documents are rows of it, sealed under the service's keys.
The keys are never in it (`backup-keys` copies them). The backup is sealed once more, to a public key whose
private half is kept elsewhere, so that neither this machine nor the backup's disk can open it alone.
"""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy.engine import make_url

from kiosk_api.config import Settings
from kiosk_api.domain.backups import file_name, kept, made_at
from kiosk_api.gateways.backup_note import note_backup, sync_file, sync_folder
from kiosk_api.gateways.erasure_list import NAME as ERASURES
from kiosk_api.gateways.sealed_file import digest_of, read_public, seal
from kiosk_api.persistence.copying import NotWhole, copy_store, version_of, whole

PUBLIC_KEY = "backup_key.pub"  # in the data folder
PART = ".part"  # end of the name of a backup that is still being written
LIST = ".erasures"  # end of the name of the list of erasures beside a backup
SPARE = 64 * 1024 * 1024  # bytes that must be left beside a copy: less stops the registration of petitions
_WORK = ".store-copy-"  # folders of copies that are checked


class BackupFailed(Exception):
    """Nothing was made or changed; the text says why and what to do."""


@dataclass
class Report:
    """What was found in a backup; `seconds` by part of the work."""

    path: Path
    at: datetime | None = None
    version: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    keys_tried: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began


def store_path(settings: Settings) -> Path:
    """The file of the store. Raises BackupFailed for PostgreSQL, which has tools of its own."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupFailed(
            "数据库是 PostgreSQL：请用 pg_dump 或 pg_basebackup 备份，步骤在 handbook/operators/backup.md，"
            "做完运行 note-backup。 The store is PostgreSQL: use pg_dump or pg_basebackup as the operators' page "
            "says, then note-backup."
        )
    return Path(url.database).resolve()


def back_up(settings: Settings, folder: Path, now: datetime, *, thin_out: bool = False) -> Report:
    """Write a sealed backup into `folder`; nothing that was committed before the call is missing in it.

    The file has its name only once it is whole and on the disk. With `thin_out`, older backups in `folder` that the
    office's plan does not keep are deleted afterwards. Raises BackupFailed.
    """
    store, public = store_path(settings), _public_key(settings)
    if not store.exists():
        raise BackupFailed(f"没有数据库：{store}。 There is no store at this place.")
    report = Report(folder / file_name(now), now)
    partial = report.path.with_name(report.path.name + PART)
    with working(settings.data_dir) as work, failing("备份没有做成 No backup was made"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        size = sum(one.stat().st_size for one in (store, store.with_name(store.name + "-wal")) if one.exists())
        for place in {work, folder}:
            room_for(place, size)
        with report.part("copy"):
            copy_store(store, work / "store.db")
        with report.part("check"):
            report.rows, report.version = whole(work / "store.db"), version_of(work / "store.db")
        try:
            with report.part("seal"):
                digest = _seal(work / "store.db", partial, public, report)
            with report.part("read back"):
                if digest_of(partial) != digest:
                    raise OSError("the disk gives back other bytes than were written")
            _copy_list(settings.data_dir / ERASURES, report.path.with_suffix(LIST))
            partial.rename(report.path)
            sync_folder(folder)
        finally:
            partial.unlink(missing_ok=True)
        note_backup(settings.data_dir, now, report.path)
        if thin_out:
            report.removed = _thin_out(folder)
    return report


def leftovers(data_dir: Path) -> list[Path]:
    """Folders of copies that a killed command left; whoever holds the lock of `working` may remove them."""
    return sorted(data_dir.glob(f"{_WORK}*"))


@contextmanager
def working(folder: Path) -> Iterator[Path]:
    """A private folder on the disk of the store; one command at a time. What a killed one left is removed."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BackupFailed("另一个备份或恢复还没有做完。 Another backup or restore is under way.") from None
        for left in leftovers(folder):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=folder) as work:
            yield Path(work)


@contextmanager
def failing(what: str) -> Iterator[None]:
    try:
        yield
    except NotWhole as fault:
        raise BackupFailed(
            f"{what}：数据库的检查没有通过（{fault}）。请先看 handbook/operators/backup.md 里“库坏了”。 "
            f"The store failed a check ({fault}); see the operators' page."
        ) from None
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        raise BackupFailed(f"{what}：{why}") from None


def _public_key(settings: Settings) -> X25519PublicKey:
    try:
        return read_public((settings.data_dir / PUBLIC_KEY).read_text(encoding="ascii"))
    except (OSError, ValueError):
        raise BackupFailed(
            "还没有备份用的公钥：先运行 make-backup-key，把私钥放到别的地方。 "
            "There is no public key for backups: run make-backup-key first and keep the private key elsewhere."
        ) from None


def room_for(place: Path, size: int) -> None:
    if shutil.disk_usage(place).free < size + SPARE:
        raise BackupFailed(
            f"{place} 的磁盘不够：要{(size + SPARE) >> 20} MB。 There is not enough room on the disk of this folder."
        )


def _seal(copy: Path, partial: Path, public: X25519PublicKey, report: Report) -> bytes:
    about = {"made_at": report.at.isoformat() if report.at else "", "schema": report.version}
    with copy.open("rb") as source, partial.open("wb") as target:
        partial.chmod(0o600)
        digest = seal(source, target, public, about)
        target.flush()
        sync_file(target.fileno())
    return digest


def _copy_list(source: Path, target: Path) -> None:
    """What was erased (rows, times, codes; no person): whoever restores an older backup has to erase it again."""
    if source.exists():
        with source.open("rb") as file, target.open("wb") as copy:
            target.chmod(0o600)
            shutil.copyfileobj(file, copy)
            copy.flush()
            sync_file(copy.fileno())


def _thin_out(folder: Path) -> list[str]:
    """Delete what the plan does not keep, and what killed commands left half written; nothing else in the folder."""
    found = {at: one for one in folder.iterdir() if (at := made_at(one.name)) is not None}
    stay = kept(found.keys())
    gone = [one for at, one in sorted(found.items()) if at not in stay]
    gone += [one for one in folder.glob(f"*{PART}") if made_at(one.name.removesuffix(PART))]
    for one in gone:
        one.unlink(missing_ok=True)
        one.with_suffix(LIST).unlink(missing_ok=True)
    return [one.name for one in gone]
