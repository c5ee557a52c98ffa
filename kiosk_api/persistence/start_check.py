"""What must hold of a store before a process serves it: every page and index, the schema, foreign keys.

SQLite reads the whole file for that, in a process of its own (quick_check.py), which is ended after `most_s`
seconds: the rest of a large store is left to the nightly backup, which checks everything (`copying.whole`), and the
log says so.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import structlog

from kiosk_api.domain.errors import StartRefused
from kiosk_api.persistence import quick_check
from kiosk_api.persistence.migrate import head, revisions

MOST_S = 5.0
BUSY_MS = 4000

_WHAT_TO_DO = (
    "什么也不要删：先把数据目录整个抄一份，再按 handbook/operators/backup.md 的“库坏了”从备份恢复。 "
    "Delete nothing: copy the whole data folder, then restore a backup as handbook/operators/backup.md says."
)


def check_sqlite(path: Path, *, must_be_current: bool, most_s: float = MOST_S) -> None:
    """Raises StartRefused, with a sentence that says what to do, for a store that cannot be served.

    A store that is not there yet is fine; with `must_be_current` it has to be at this program's schema.
    """
    if not path.exists() or not path.stat().st_size:
        if list(path.parent.glob(f"{path.name}.before-*")):
            raise StartRefused(
                f"{path} 不在：上一次恢复没有做完。请再运行一次 restore；原来的数据库还在旁边（.before-…）。 "
                "A restore was interrupted: run restore again; the store before is kept beside it."
            )
        if must_be_current:
            raise _not_migrated(None)
        return
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)) as database:
            check_version(_version(database), must_be_current=must_be_current)
    except sqlite3.OperationalError:
        raise _closed(path) from None
    except sqlite3.DatabaseError:
        raise StartRefused(f"数据库坏了：{path}。{_WHAT_TO_DO}") from None
    _check_content(path, most_s)


def check_version(version: str | None, *, must_be_current: bool = True) -> None:
    """Raises StartRefused for the schema of a newer release, or of an older one if it must be current."""
    if version is not None and version not in revisions():
        raise StartRefused(
            f"数据库是更新的版本（{version}）用过的，本程序只认到 {head()}。请装回那个版本；要退回旧版本，见 "
            "handbook/operators/upgrade.md。 The store was used by a newer release: install that one again, or go back as "
            "handbook/operators/upgrade.md says."
        )
    if must_be_current and version != head():
        raise _not_migrated(version)


def _closed(path: Path) -> StartRefused:
    return StartRefused(
        f"数据库现在打不开：{path}。看看磁盘满没满、文件是不是运行服务的用户的，再启动。 "
        "The store cannot be opened now: look at the disk's room and at the owner of the file."
    )


def _not_migrated(version: str | None) -> StartRefused:
    if version is None:
        return StartRefused(
            "还没有数据库，或里面还是空的：先运行 migrate。 There is no store yet, or it is empty: run migrate first."
        )
    return StartRefused(
        f"数据库还是旧的版本（{version}），本程序要 {head()}：先运行 migrate。 "
        "The store has an older schema: run migrate first."
    )


def version_of_running(path: Path) -> str | None:
    """The migration of a store that may be in use; None before the first one."""
    with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)) as database:
        return _version(database)


def _version(database: sqlite3.Connection) -> str | None:
    there = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = database.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
    return str(row[0]) if row else None


def _check_content(path: Path, most_s: float) -> None:
    command = [sys.executable, "-I", quick_check.__file__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=most_s)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        structlog.get_logger("start").info("start_check_cut", seconds=most_s)
        return
    found, _, tables = done.stdout.strip().partition(" ")
    if found == "broken":
        raise StartRefused(f"数据库坏了：{path}。{_WHAT_TO_DO}")
    if found == "keys":
        raise StartRefused(f"数据库里 {tables} 有指不到的行。{_WHAT_TO_DO}")
    if found != "ok":
        raise _closed(path)
