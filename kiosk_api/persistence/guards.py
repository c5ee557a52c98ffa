"""Triggers that refuse to change or delete what is only ever added to, and the one guarded way around them.

They stop a mistake: a wrong statement, a forgotten condition, a shell at the store. Whoever owns the store can take
them down; that is what the chain of entries is for. Rows of `cases` change with every step, so only their deletion is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, delete, insert, inspect, text
from sqlalchemy.exc import DBAPIError

from kiosk_api.persistence.audit_tables import audit_guard

TRAIL = "audit_trail"  # where a transaction that is recorded keeps its trail: connection.info
KEY_ROTATION, RETENTION, ERASURE, REPAIR = "key_rotation", "retention", "erasure", "repair"
REASONS = frozenset({KEY_ROTATION, RETENTION, ERASURE, REPAIR})

_UNLESS = "NOT EXISTS (SELECT 1 FROM audit_guard)"
# table → condition on a row that may not be changed; what is not named may be
KEPT_AS_IT_IS = {
    "approvals": "",
    "audit_entries": "",
    "audit_heads": "NEW.seq < OLD.seq",
    "document_files": "",
    "events": "",
    "officer_log": "",
    "reading_reasons": "",
}
# the same for rows that may not be deleted
KEPT = {
    **dict.fromkeys(KEPT_AS_IT_IS, ""),
    "attachments": "OLD.case_id IS NOT NULL",
    "cases": "",
    "deliveries": "",
    "documents": "",
}
_FUNCTION = """CREATE OR REPLACE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_guard) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSIF TG_OP = 'UPDATE' THEN RETURN NEW; ELSE RETURN NULL; END IF;
  END IF;
  RAISE EXCEPTION 'kept as it is: %', TG_TABLE_NAME;
END $$"""


@contextmanager
def rewriting(connection: Connection, reason: str) -> Iterator[None]:
    """Let this transaction change and delete rows that are kept as they are, until the block ends.

    `reason` is one of `REASONS` and is recorded in the chain, as is every row that changes. Raises ValueError for
    another one. Not to be nested.
    """
    if reason not in REASONS:
        raise ValueError(f"{reason!r} is no reason to rewrite")
    trail = connection.info.get(TRAIL)
    connection.execute(insert(audit_guard).values(id=1, reason=reason))
    if trail is not None:
        trail.begin_rewriting(reason)
    try:
        yield
    except BaseException:
        with suppress(DBAPIError):  # a transaction that has failed on PostgreSQL takes no further statement
            _close(connection)
        raise
    else:
        _close(connection)
    finally:
        if trail is not None:
            trail.end_rewriting()


def _close(connection: Connection) -> None:
    connection.execute(delete(audit_guard))


def install(connection: Connection) -> None:
    """Put up every trigger that is not there as it should be; nothing is written when all are."""
    tables = set(inspect(connection).get_table_names())
    if "audit_guard" not in tables:
        return
    wanted = {name: sql for name, (table, sql) in _wanted(connection).items() if table in tables}
    if connection.dialect.name == "postgresql":
        if wanted.keys() - _there(connection).keys():
            connection.execute(text(_FUNCTION))
            for sql in wanted.values():
                connection.exec_driver_sql(sql)
        return
    there = _there(connection)
    for name, sql in wanted.items():
        if there.get(name) != sql:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(sql)


def remove(connection: Connection) -> None:
    """Take every trigger down: before migrations, which may have to rewrite rows."""
    on_postgresql = connection.dialect.name == "postgresql"
    for name, (table, _) in _wanted(connection).items():
        if name in _there(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql else ""))


def missing(connection: Connection) -> list[str]:
    """Names of triggers that are not there as they should be."""
    there = _there(connection)
    if connection.dialect.name == "postgresql":
        return sorted(_wanted(connection).keys() - there.keys())
    return sorted(name for name, (_, sql) in _wanted(connection).items() if there.get(name) != sql)


def _wanted(connection: Connection) -> dict[str, tuple[str, str]]:
    """Name → (table, statement)."""
    made = _postgresql if connection.dialect.name == "postgresql" else _sqlite
    return {
        f"kept_{table}_{event.lower()}": (table, made(table, event, condition))
        for event, rules in (("UPDATE", KEPT_AS_IT_IS), ("DELETE", KEPT))
        for table, condition in rules.items()
    } | (_truncations() if connection.dialect.name == "postgresql" else {})


def _sqlite(table: str, event: str, condition: str) -> str:
    when = f"({condition}) AND {_UNLESS}" if condition else _UNLESS
    return (
        f"CREATE TRIGGER kept_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, 'kept as it is: {table}'); END"
    )


def _postgresql(table: str, event: str, condition: str) -> str:
    when = f"WHEN ({condition}) " if condition else ""
    return (
        f"CREATE OR REPLACE TRIGGER kept_{table}_{event.lower()} BEFORE {event} ON {table} "
        f"FOR EACH ROW {when}EXECUTE FUNCTION audit_refuses()"
    )


def _truncations() -> dict[str, tuple[str, str]]:
    return {
        f"kept_{table}_truncate": (
            table,
            f"CREATE OR REPLACE TRIGGER kept_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()",
        )
        for table in KEPT
    }


def _there(connection: Connection) -> dict[str, str]:
    """Triggers of ours that the store has: name → statement (PostgreSQL: name → "")."""
    if connection.dialect.name == "postgresql":
        query = "SELECT tgname, '' FROM pg_trigger WHERE NOT tgisinternal AND substr(tgname, 1, 5) = 'kept_'"
    else:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 5) = 'kept_'"
    return {name: sql for name, sql in connection.exec_driver_sql(query)}
