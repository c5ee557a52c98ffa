"""PostgreSQL: how it is connected to, what it must promise, and who may write.

Writers take one advisory lock of the database for the length of their transaction, so that all processes together
have one writer, as SQLite has. Every rule that reads before it writes is then right on both (decision 0036). Readers
take no lock: each reads one snapshot (REPEATABLE READ).

What its errors mean is in store_faults.py.
"""

from __future__ import annotations

from typing import Any

from psycopg import pq
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from kiosk_api.persistence.durability import POSTGRESQL, NotDurable
from kiosk_api.services.base.ports import StoreBusy

DRIVER = "postgresql+psycopg"
OLDEST = 15  # the oldest release of which this was tried is 18; 15 gave the options used in the operator's page
CONNECT_S = 4  # to a server that does not answer; libpq takes no less than 2
WAITS_MOST_S = 8.0  # for one of this process's connections
LOCK_MOST_MS = 4_000  # a writer for those of other processes, as on SQLite
STATEMENT_MOST_MS = 60_000
IDLE_MOST_MS = 30_000  # a transaction whose process hangs or whose machine is gone lets go of the lock then
CONNECTIONS = 8  # kept by each process: its work lane has eight threads, the others mostly wait for somebody else
MORE_CONNECTIONS = 12  # while many ask at once
_WRITER = 0x7065_7469_7469_6F6E  # "petition": the key of the one lock that writers take

_SESSION = {
    "client_encoding": "UTF8",
    "timezone": "UTC",
    "statement_timeout": str(STATEMENT_MOST_MS),
    "lock_timeout": str(LOCK_MOST_MS),
    "idle_in_transaction_session_timeout": str(IDLE_MOST_MS),
}
_PROMISES = text(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,"
    " current_setting('full_page_writes') AS full_page_writes,"
    " current_setting('synchronous_commit') AS synchronous_commit,"
    " current_setting('server_encoding') AS server_encoding,"
    " (SELECT CASE datlocprovider WHEN 'b' THEN 'C' WHEN 'i' THEN 'icu' ELSE datcollate END"
    " FROM pg_database WHERE datname = current_database()) AS collation"  # b: PostgreSQL's own, by code points
)
_IN_CODE_POINT_ORDER = ("C", "POSIX", "C.UTF-8", "C.utf8", "C.UTF8")


def make_postgresql_engine(url: str) -> Engine:
    """An engine whose every new connection is checked for what a commit needs to be safe (`unmet`)."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername=DRIVER)  # SQLAlchemy's default is a driver that is not installed
    engine = create_engine(
        parsed,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,  # a server that was restarted is noticed before anything is sent
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_timeout=WAITS_MOST_S,
        connect_args={
            "connect_timeout": CONNECT_S,
            "application_name": "petition",
            "options": " ".join(f"-c {name}={value}" for name, value in _SESSION.items()),
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,  # ms
        },
    )

    @event.listens_for(engine, "connect")
    def _check(connection: Any, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(str(_PROMISES))
            row = cursor.fetchone()
        connection.rollback()
        if problems := unmet(*row):
            raise NotDurable(
                f"PostgreSQL 服务器还不能放这个库：{'; '.join(problems)}。怎么改见 handbook/operators/postgresql.md。 "
                f"The PostgreSQL server is not safe for this store: {'; '.join(problems)}."
            )

    return engine


def unmet(
    version: int, fsync: str, full_page_writes: str, synchronous_commit: str, encoding: str, collation: str | None
) -> list[str]:
    """What the server does not promise, with what to do about it; empty when a commit survives a power cut, every
    text can be stored, and text is in the order of its code points, as on SQLite."""
    problems = []
    if version < OLDEST * 10_000:
        problems.append(f"it is older than PostgreSQL {OLDEST}")
    found = {"fsync": fsync, "full_page_writes": full_page_writes, "synchronous_commit": synchronous_commit}
    problems += [f"set {name} = on" for name, good in POSTGRESQL.items() if found[name] not in good]
    if encoding != "UTF8":
        problems.append("make the database with ENCODING 'UTF8'")
    if collation not in _IN_CODE_POINT_ORDER:
        problems.append("make the database with LOCALE 'C'")
    return problems


def begin_reading(connection: Connection) -> None:
    """All that follows reads one snapshot, as a reader of SQLite does; nothing can be written."""
    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def begin_writing(connection: Connection) -> None:
    """Wait for the one lock of all writers. It goes with the transaction, also when the process dies. What is
    read afterwards is what the writer before has committed, since READ COMMITTED looks again at each statement."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER})


def begin_migrating(connection: Connection) -> None:
    """The same without limits: a migration may rewrite a large table, and a second one waits for the first."""
    for limit in ("statement_timeout", "lock_timeout"):
        connection.execute(text(f"SET LOCAL {limit} = 0"))
    begin_writing(connection)


def require_whole(connection: Connection) -> None:
    """Before a commit. After an error PostgreSQL answers COMMIT with ROLLBACK, and the driver says nothing: an error
    that somebody swallowed must not look like something stored. Raises StoreBusy."""
    driver = connection.connection.dbapi_connection
    if driver is not None and driver.info.transaction_status == pq.TransactionStatus.INERROR:
        raise StoreBusy("a statement failed")


def was_lost(error: DBAPIError) -> bool:
    """Whether the connection broke or the server goes down; without a state it is the driver that noticed."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return not state or error.connection_invalidated or state.startswith(("08", "57P"))
