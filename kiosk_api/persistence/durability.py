"""What makes a commit last: checked on each new connection, never assumed.

SQLite: WAL with `synchronous=FULL` syncs the log to the disk before COMMIT returns (SQLite, "PRAGMA synchronous");
with NORMAL a power cut may take back what was already acknowledged. A pragma that cannot be set fails without an
error, so each is read back. `secure_delete` writes zeros over what is deleted or replaced. PostgreSQL: `fsync`, `synchronous_commit` and `full_page_writes` mean the same there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk_api.domain.errors import StartRefused
from kiosk_api.services.base.ports import StoreBusy

WANTED: Mapping[str, str] = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"}
_SET = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
# `remote_write` and `local` leave a window on a standby only; `off` leaves one here
POSTGRESQL: Mapping[str, frozenset[str]] = {
    "fsync": frozenset({"on"}),
    "synchronous_commit": frozenset({"on", "local", "remote_write", "remote_apply"}),
    "full_page_writes": frozenset({"on"}),
}


class NotDurable(StartRefused, StoreBusy):
    """The store would not keep what it acknowledges: a start is refused, and a running service answers 503."""


def make_durable(connection: Any) -> None:
    """Set the pragmas of a new sqlite3 connection and read them back. Raises NotDurable."""
    cursor = connection.cursor()
    try:
        for pragma in _SET:
            cursor.execute(f"PRAGMA {pragma}")
        found = {name: str(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in WANTED}
    finally:
        cursor.close()
    wrong = [f"{name}={found[name]}" for name, value in WANTED.items() if found[name] not in _held(name, value)]
    if wrong:
        raise NotDurable(
            f"数据库不能保证断电以后不丢：{', '.join(wrong)}。请把数据目录放在本机的磁盘上（不要用网络盘），"
            "再启动；已经收到的信访件没有动。 "
            f"The store cannot promise that a committed row survives a power cut ({', '.join(wrong)}). Put the data "
            "folder on a disk of this machine, not on a network share."
        )


def _held(name: str, value: str) -> set[str]:
    return {value, "memory"} if name == "journal_mode" else {value}  # a store in memory promises nothing
