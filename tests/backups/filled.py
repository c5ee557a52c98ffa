"""A store at an earlier migration, with rows in every table it had then."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, MetaData, Table, insert

from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate

ROWS = 3
MOMENTS = ("at", "since", "until", "due_by")
# what a migration computes afresh on purpose, by column
COMPUTED = {
    "cases": {"list_order", "urge_waits", "recheck_on", "responsible_unit"},  # 0013, 0010, 0014, 0019
    "officers": {"unit"},  # 0010: names of units become units
    "clock_warnings": {"seq"},
}
EMPTY = {"alembic_version", "audit_guard"}  # the guard holds a row inside a transaction only
UNKEPT = {"alembic_version", "hits", "units"}  # hits: counts of guesses, dropped by 0004; units: made by 0010


def filled_store(path: Path, revision: str) -> Engine:
    """A new store at `revision`, with three rows in each table that point at each other."""
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine, revision)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        for table in tables.sorted_tables:
            if table.name not in EMPTY:
                connection.execute(insert(table), [_row(table, n) for n in range(ROWS)])
        connection.exec_driver_sql("COMMIT")
    return engine


def _row(table: Table, n: int) -> dict[str, Any]:
    return {column.name: _value(table, column, n) for column in table.columns}


def _value(table: Table, column: Column[Any], n: int) -> Any:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return _value(key.column.table, key.column, n)
    kind = column.type.python_type
    if kind is str:
        moment = column.name in MOMENTS or column.name.endswith("_at")
        return (
            f"2026-03-0{n + 1}T02:00:00.000000Z" if moment else f"{column.name[:12]}-{n}"[-(column.type.length or 40) :]
        )
    if kind is bytes:
        return f"sealed {table.name} {n}".encode()
    if kind is bool:
        return n == 1
    return kind(2026, 3, n + 1) if kind.__name__ == "date" else n + 1


def content(path: Path) -> dict[str, dict[str, set[str]]]:
    """Table → column → its values, as text."""
    database = sqlite3.connect(path)
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found: dict[str, dict[str, set[str]]] = {}
    for name in names:
        cursor = database.execute(f'SELECT * FROM "{name}"')
        rows = cursor.fetchall()
        columns = [one[0] for one in cursor.description]
        found[name] = {column: {repr(row[place]) for row in rows} for place, column in enumerate(columns)}
    database.close()
    return found


def counts(path: Path) -> dict[str, int]:
    """Rows of each table; ids and moments that a migration makes differ from run to run."""
    database = sqlite3.connect(path)
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    database.close()
    return found


def schema(path: Path) -> str:
    """Version, tables and indexes, as one text; a rebuilt table has its constraints in any order."""
    database = sqlite3.connect(path)
    parts = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    version = database.execute("SELECT version_num FROM alembic_version").fetchall()
    database.close()
    return repr((version, [(name, sorted(str(sql).replace(",", " ").split())) for name, sql in parts]))
