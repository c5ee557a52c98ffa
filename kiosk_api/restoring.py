"""Open a backup, check everything in it that can be checked, and put its store in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk_api.backups import BackupFailed, Report, failing, room_for, store_path, working
from kiosk_api.config import Settings
from kiosk_api.domain.backups import file_name
from kiosk_api.domain.errors import StartRefused
from kiosk_api.gateways.backup_note import sync_file, sync_folder
from kiosk_api.gateways.crypto import GcmCipher
from kiosk_api.gateways.key_ring import KeyRing
from kiosk_api.gateways.keys import KeyFolder
from kiosk_api.gateways.sealed_file import NotOpened, opened, read_header
from kiosk_api.persistence.copying import NotWhole, alone, reading_engine, unopened, version_of, whole
from kiosk_api.persistence.key_notes import SqlKeyNotes
from kiosk_api.persistence.migrate import head, revisions
from kiosk_api.services.base.key_care import all_there


def check_backup(settings: Settings, file: Path, private: X25519PrivateKey, keys: Path | None = None) -> Report:
    """Open a backup, check the whole store in it and, if there are keys, that they open it. Raises BackupFailed."""
    folder = keys or settings.data_dir / "keys"
    with working(settings.data_dir) as work:
        return _unpack(file, private, work / "store.db", folder if folder.is_dir() else None)


def restore(
    settings: Settings, file: Path, private: X25519PrivateKey, now: datetime, *, replace: bool = False
) -> tuple[Report, Path | None]:
    """Put the store of a backup in place, after all checks; returns where the store before is kept, if there was one.

    Raises BackupFailed, with the store in place as it was.
    """
    store = store_path(settings)
    store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as held:
        work = held.enter_context(working(store.parent))
        if store.exists():
            _may_replace(store, replace, held)
        report = _unpack(file, private, work / "store.db", settings.data_dir / "keys")
        with report.part("put in place"), failing("没有恢复 Nothing was restored"):
            return report, _put(work / "store.db", store, now)


def _unpack(file: Path, private: X25519PrivateKey, target: Path, keys: Path | None) -> Report:
    """Open a backup into `target` and check everything that can be checked. Raises BackupFailed."""
    report = Report(file)
    try:
        with file.open("rb") as source:
            header = read_header(source)
            source.seek(0)
            room_for(target.parent, file.stat().st_size)
            with report.part("open"), target.open("wb") as copy:
                for part in opened(source, private):
                    copy.write(part)
                copy.flush()
                sync_file(copy.fileno())
        with report.part("check"):
            report.rows, report.version = whole(target), version_of(target)
    except NotOpened as fault:
        raise BackupFailed(f"{file.name}：{_NOT_OPENED[fault.reason]}") from None
    except NotWhole as fault:
        raise BackupFailed(f"{file.name} 里的数据库是坏的（{fault}），请用另一份备份。 Use another backup.") from None
    except OSError as error:
        raise BackupFailed(f"{file.name}：{error.strerror or type(error).__name__}") from None
    with suppress(KeyError, ValueError, TypeError):
        report.at = datetime.fromisoformat(header["made_at"])
    if report.version not in revisions():
        raise BackupFailed(
            f"{file.name} 是更新的版本（{report.version}）做的，本程序只认到 {head()}：请装那个版本再恢复。 "
            "The backup was made by a newer release: install that one first."
        )
    if keys is not None:
        with report.part("keys"):
            _check_keys(target, keys)
        report.keys_tried = True
    return report


def _check_keys(copy: Path, folder: Path) -> None:
    """Every key that the store needs is there, and every other check that needs them. Raises BackupFailed."""
    engine = reading_engine(copy)
    try:
        notes = SqlKeyNotes(engine)
        found = KeyFolder(folder).found()
        if notes.holds_anything():
            all_there(found, notes.all() or [], str(folder))
        faults = [fault for check in CHECKS for fault in check(copy, KeyRing(found))]
    except StartRefused as refused:
        raise BackupFailed(f"{refused}") from None
    finally:
        engine.dispose()
    if faults:
        raise BackupFailed(
            f"这些内容用现在的钥匙读不出来：{', '.join(faults)}。请先放回和备份同一时期的钥匙。 "
            "The keys do not open this store: put back the keys of that time first."
        )


def _sealed_values_open(copy: Path, ring: KeyRing) -> list[str]:
    engine = reading_engine(copy)
    try:
        return unopened(engine, GcmCipher(ring))
    finally:
        engine.dispose()


# What is checked with the keys before a store is put in place: each gets the copy and the keys, and names faults.
CHECKS: tuple[Callable[[Path, KeyRing], list[str]], ...] = (_sealed_values_open,)


def _may_replace(store: Path, replace: bool, held: ExitStack) -> None:
    if not held.enter_context(alone(store)):
        raise BackupFailed(
            f"{store} 正在使用：先停下服务和后台（stop），再恢复。 The store is in use: stop service and worker first."
        )
    if not replace:
        raise BackupFailed(
            f"{store} 已经有一个数据库。确定要换成备份里的，加上 --replace；现在的会改名留着，不会删除。 "
            "There is a store already: --replace puts the backup in its place and keeps the present one beside it."
        )


def _put(copy: Path, store: Path, now: datetime) -> Path | None:
    """Rename the copy into place. Whenever this is killed, the store before is whole beside it or still in place."""
    log = store.with_name(store.name + "-wal")
    former = None
    if store.exists() or log.exists():
        former = store.with_name(f"{store.name}.before-{file_name(now).split('.')[0].removeprefix('petition-')}")
        for one, end in ((log, "-wal"), (store, "")):
            if one.exists():
                (former.with_name(former.name + end)).hardlink_to(one)
        sync_folder(store.parent)
        store.unlink(missing_ok=True)  # before its log: a log beside another store would be written into it
        log.unlink(missing_ok=True)
    store.with_name(store.name + "-shm").unlink(missing_ok=True)
    sync_folder(store.parent)
    copy.chmod(0o600)
    copy.rename(store)
    sync_folder(store.parent)
    return former


_NOT_OPENED = {
    "no_backup": "不是本程序的备份文件。 This is no backup of this program.",
    "broken_header": "文件开头坏了，请用另一份备份。 The header is broken: use another backup.",
    "other_key": "这份备份是给另一把私钥的。 The backup was made for another private key.",
    "changed_or_cut": "文件被改过或者不完整，请用另一份备份。 The file was changed or cut: use another backup.",
}
