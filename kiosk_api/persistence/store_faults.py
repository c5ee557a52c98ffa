"""What an error of the database means to the use case that met it.

By the driver's code, not by its words: SQLite's result codes (sqlite.org/rescode.html) and
PostgreSQL's SQLSTATE (appendix A of its manual).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime

from kiosk_api.services.base.ports import StoreBusy, StoreFull

_PRIMARY = 0xFF  # an extended result code holds the primary one in its lowest byte
_UNDONE_BY_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CONSTRAINT}
_DISK_FULL = "53100"
# Not among the driver's OperationalErrors: a server that only reads (a standby), a transaction that an error or the
# server has ended. Nothing was changed.
_ALSO_PASSING = {"25006", "25P02", "25P03"}
# Connection exceptions, an operator's intervention, internal errors: the commit may have been written before.
_UNCLEAR_CLASSES, _UNCLEAR = ("08", "57", "58", "XX"), "40003"


@contextmanager
def told() -> Iterator[None]:
    """Turns what the database raises into StoreFull or StoreBusy; both mean that nothing was changed."""
    try:
        yield
    except NoConnectionInTime:
        raise StoreBusy("no connection") from None
    except OperationalError as error:
        raise (StoreFull("full") if is_full(error) else StoreBusy(type(error.orig).__name__)) from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in _ALSO_PASSING:
            raise
        raise StoreBusy(type(error.orig).__name__) from None


def is_full(error: DBAPIError) -> bool:
    """Whether the disk has no room, or cannot be written to or read."""
    if getattr(error.orig, "sqlstate", None) == _DISK_FULL:
        return True
    code = _sqlite_code(error)
    if code is not None:
        return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    message = str(error.orig)
    return "disk is full" in message or "No space left" in message


def certainly_undone(error: Exception) -> bool:
    """Whether a COMMIT that raised this has certainly stored nothing.

    SQLite has then written no complete commit frame (no room, or a write that failed), or still holds the transaction,
    which is rolled back. A failed fsync leaves a whole frame behind, which recovery would believe.
    """
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return state != _UNCLEAR and not state.startswith(_UNCLEAR_CLASSES)
    if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_IOERR_WRITE:
        return True
    return _sqlite_code(error) in _UNDONE_BY_SQLITE


def _sqlite_code(error: DBAPIError) -> int | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else int(code) & _PRIMARY
