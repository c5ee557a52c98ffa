"""What must hold of a store after any number of deaths, read from its tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, create_engine

# What a petition leaves in one transaction: table, column that names its case, rows (None: at least one).
PARTS = (("events", "case_id", 1), ("case_clocks", "case_id", None), ("outbox", "case_id", None))


def faults(url: str, acknowledged: Mapping[str, Mapping[str, Any]], keys: int | None = None) -> list[str]:
    """Everything that is wrong. `acknowledged`: answers by key; `keys`: how many keys have been answered in all,
    when every one has."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return [*_cases(connection, acknowledged, keys), *_orphans(connection), *_damage(connection)]
    finally:
        engine.dispose()


def case_numbers(url: str) -> set[str]:
    """All that are stored."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return set(_column(connection, "SELECT case_number FROM cases"))
    finally:
        engine.dispose()


def _cases(connection: Connection, acknowledged: Mapping[str, Mapping[str, Any]], keys: int | None) -> Iterable[str]:
    stored = _column(connection, "SELECT case_number FROM cases")
    told = [str(one["case_number"]) for one in acknowledged.values()]
    if lost := set(told) - set(stored):
        yield f"{len(lost)} acknowledged and not stored"
    if len(set(told)) != len(told):
        yield "one number for two keys"
    if len(set(stored)) != len(stored):
        yield "a number twice"
    answers = _column(connection, "SELECT count(*) FROM idempotency")[0]
    if answers != len(stored):
        yield f"{len(stored)} cases and {answers} stored answers"
    if keys is not None and keys != len(stored):
        yield f"{keys} keys and {len(stored)} cases"


def _orphans(connection: Connection) -> Iterable[str]:
    for table, column, rows in PARTS:
        counts = connection.exec_driver_sql(
            f"SELECT count(p.{column}) FROM cases c LEFT JOIN {table} p ON p.{column} = c.id GROUP BY c.id"
        ).scalars()
        if wrong := sum(1 for count in counts if (count != rows if rows else count < 1)):
            yield f"{wrong} cases without their {table}"
        lost = _column(
            connection, f"SELECT count(*) FROM {table} p WHERE p.{column} IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = p.{column})",
        )[0]  # fmt: skip
        if lost:
            yield f"{lost} rows of {table} without their case"


def _damage(connection: Connection) -> Iterable[str]:
    if connection.dialect.name == "sqlite":
        if (said := _column(connection, "PRAGMA quick_check")) != ["ok"]:
            yield f"damaged: {len(said)} findings"
        if broken := list(connection.exec_driver_sql("PRAGMA foreign_key_check")):
            yield f"{len(broken)} broken references"


def _column(connection: Connection, query: str) -> list[Any]:
    return list(connection.exec_driver_sql(query).scalars())
