"""`python quick_check.py STORE`: prints `ok`, or what is wrong with the pages, indexes or foreign keys of a store.

Standard library only, and a process of its own: SQLite before 3.42 does not look up from this check, neither for a
progress handler nor for an interrupt, so that only the end of a process bounds its time. It only reads.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing


def found(path: str) -> str:
    """`ok`, `broken`, `closed` (it cannot be opened now), or `keys` with the tables that hold a row pointing nowhere."""
    try:
        with closing(sqlite3.connect(path, timeout=4.0, isolation_level=None)) as database:
            if database.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                return "broken"
            tables = sorted({str(row[0]) for row in database.execute("PRAGMA foreign_key_check")})
            return f"keys {', '.join(tables)}" if tables else "ok"
    except sqlite3.OperationalError:
        return "closed"
    except sqlite3.DatabaseError:
        return "broken"


if __name__ == "__main__":
    sys.stdout.write(found(sys.argv[1]))
