"""Damage a store at random, past triggers and code, and see whether `verify` finds it and names the place.

`python -m tests.audit.damages --count 10000` prints a line per kind; the exit status is 1 if one was missed or misplaced.
Each damage is done on one connection and rolled back afterwards.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from kiosk_api.domain.audit import Fault
from kiosk_api.persistence.audit_rules import RULES, Rule
from kiosk_api.persistence.records import SqlRecords
from kiosk_api.services.audit.verify import Verified, check
from kiosk_api.services.base.context import Context
from tests.audit.world import few_units, small_world

Place = tuple[str, str]  # table and key, as a fault names them
BYTES = "0123456789abcdefghijklmnopqrstuvwxyz-ZT:"
ENTRY_COLUMNS = (
    "stream", "seq", "at", "actor_kind", "actor", "action", "table_name", "row_key", "digest", "reason", "key_id",
    "hash",
)  # fmt: skip


class Vandal:
    """Changes one store through one connection; each method returns the places that it touched, or None."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        self._connection = connection
        self._chance = chance

    def run(self, statement: str, **values: Any) -> Any:
        return self._connection.execute(text(statement), values)

    def edit_a_byte_of_a_row(self) -> set[Place] | None:
        rule, key = self._some_row()
        column = self._chance.choice([one for one in rule.columns if one not in rule.key])
        before = self._value(rule.name, column, rule.key, key)
        after = self._other(before)
        if after == before:
            return None
        self._set(rule.name, column, after, rule.key, key)
        return {(rule.name, _text(key))}

    def edit_a_byte_of_an_entry(self) -> set[Place] | None:
        stream, seq = self._some_entry()
        column = self._chance.choice(ENTRY_COLUMNS[2:])
        before = self._value("audit_entries", column, ("stream", "seq"), (stream, seq))
        after = self._other(before)
        if after == before:
            return None
        self._set("audit_entries", column, after, ("stream", "seq"), (stream, seq))
        return {_entry(stream, seq)}

    def delete_a_row(self) -> set[Place]:
        rule, key = self._some_row()
        self._delete(rule.name, rule.key, key)
        return {(rule.name, _text(key))}

    def delete_an_entry(self) -> set[Place]:
        stream, seq = self._some_entry()
        self._delete("audit_entries", ("stream", "seq"), (stream, seq))
        return {_entry(stream, seq)}

    def swap_two_entries(self) -> set[Place] | None:
        stream, one = self._some_entry()
        _, other = self._some_entry(stream)
        if one == other:
            return None
        for was, now in ((one, -1), (other, one), (-1, other)):
            self.run("UPDATE audit_entries SET seq = :now WHERE stream = :s AND seq = :was", s=stream, was=was, now=now)
        return {_entry(stream, min(one, other))}

    def swap_a_column_of_two_rows(self) -> set[Place] | None:
        rule, one = self._some_row()
        _, other = self._some_row(rule)
        column = self._chance.choice([name for name in rule.columns if name not in rule.key])
        values = [self._value(rule.name, column, rule.key, key) for key in (one, other)]
        if values[0] == values[1] or self._is_unique(rule, column):
            return None
        self._set(rule.name, column, values[1], rule.key, one)
        self._set(rule.name, column, values[0], rule.key, other)
        return {(rule.name, _text(one)), (rule.name, _text(other))}

    def insert_a_row(self) -> set[Place] | None:
        rule, key = self._some_row()
        if rule.key != ("id",) or any(self._is_unique(rule, name) for name in rule.columns if name != "id"):
            return None
        made = f"forged{self._chance.randrange(10**6)}"
        names = ", ".join(f'"{one}"' for one in map(str, rule.table.columns.keys()) if one != "id")
        self.run(f"INSERT INTO {rule.name} (id, {names}) SELECT :new, {names} FROM {rule.name} WHERE id = :old",
                 new=made, old=key[0])  # fmt: skip
        return {(rule.name, made)}

    def insert_an_entry(self) -> set[Place]:
        stream, seq = self._some_entry()
        last = self.run("SELECT max(seq) FROM audit_entries WHERE stream = :s", s=stream).scalar()
        self._copy(stream, seq, stream, last + 1)
        return {_entry(stream, last + 1)}

    def insert_an_entry_and_move_the_head(self) -> set[Place]:
        ((table, key),) = self.insert_an_entry()
        stream, _, seq = key.partition("/")
        self.run("UPDATE audit_heads SET seq = :n, hash = (SELECT hash FROM audit_entries WHERE stream = :s AND seq = :n) "
                 "WHERE stream = :s", s=stream, n=int(seq))  # fmt: skip
        return {(table, key)}

    def move_an_entry_to_another_chain(self) -> set[Place] | None:
        (stream, seq), (other, _) = self._some_entry(), self._some_entry()
        if stream == other:
            return None
        last = self.run("SELECT max(seq) FROM audit_entries WHERE stream = :s", s=other).scalar()
        self._copy(stream, seq, other, last + 1)
        self._delete("audit_entries", ("stream", "seq"), (stream, seq))
        return {_entry(stream, seq), _entry(other, last + 1)}

    def cut_the_end_of_a_chain(self) -> set[Place]:
        stream, seq = self._some_entry()
        self.run("DELETE FROM audit_entries WHERE stream = :s AND seq >= :n", s=stream, n=seq)
        return {_entry(stream, seq)}

    def remove_a_whole_chain(self) -> set[Place]:
        stream, _ = self._some_entry()
        self.run("DELETE FROM audit_entries WHERE stream = :s", s=stream)
        return {_entry(stream, 1)}

    def edit_a_head(self) -> set[Place]:
        stream, _ = self._some_entry()
        self.run("UPDATE audit_heads SET hash = :h WHERE stream = :s", s=stream, h=self._chance.randbytes(32))
        return {("audit_heads", stream)}

    def delete_a_head(self) -> set[Place]:
        stream, _ = self._some_entry()
        self.run("DELETE FROM audit_heads WHERE stream = :s", s=stream)
        return {("audit_heads", stream)}

    # -----------------------------------------------------------------------------------
    def _some_entry(self, stream: str | None = None) -> tuple[str, int]:
        where = "WHERE stream = :s" if stream else ""
        rows = self.run(f"SELECT stream, seq FROM audit_entries {where}", **({"s": stream} if stream else {})).all()
        found = self._chance.choice(rows)
        return str(found[0]), int(found[1])

    def _some_row(self, rule: Rule | None = None) -> tuple[Rule, tuple[Any, ...]]:
        rule = rule or self._chance.choice([one for one in RULES.values() if self._count(one)])
        columns = ", ".join(f'"{one}"' for one in rule.key)
        where = f'WHERE "{rule.case}" IS NOT NULL' if rule.case else ""
        return rule, tuple(self._chance.choice(self.run(f"SELECT {columns} FROM {rule.name} {where}").all()))

    def _count(self, rule: Rule) -> int:
        return int(self.run(f"SELECT count(*) FROM {rule.name}").scalar())

    def _is_unique(self, rule: Rule, column: str) -> bool:
        indexes = self.run(f"SELECT sql FROM sqlite_master WHERE tbl_name = '{rule.name}' AND type = 'table'").scalar()
        return f"UNIQUE ({column}" in str(indexes) or f", {column})" in str(indexes)

    def _value(self, table: str, column: str, names: tuple[str, ...], key: tuple[Any, ...]) -> Any:
        where, values = _where(names, key)
        return self.run(f'SELECT "{column}" FROM {table} WHERE {where}', **values).scalar()

    def _set(self, table: str, column: str, value: Any, names: tuple[str, ...], key: tuple[Any, ...]) -> None:
        where, values = _where(names, key)
        self.run(f'UPDATE {table} SET "{column}" = :value WHERE {where}', value=value, **values)

    def _delete(self, table: str, names: tuple[str, ...], key: tuple[Any, ...]) -> None:
        where, values = _where(names, key)
        self.run(f"DELETE FROM {table} WHERE {where}", **values)

    def _copy(self, stream: str, seq: int, to: str, at: int) -> None:
        rest = ", ".join(ENTRY_COLUMNS[2:])
        self.run(f"INSERT INTO audit_entries (stream, seq, {rest}) SELECT :to, :at, {rest} FROM audit_entries "
                 "WHERE stream = :s AND seq = :n", to=to, at=at, s=stream, n=seq)  # fmt: skip

    def _other(self, value: Any) -> Any:
        """The same with one byte changed; something where there was nothing."""
        if isinstance(value, bytes) and value:
            at = self._chance.randrange(len(value))
            return value[:at] + bytes([value[at] ^ self._chance.randrange(1, 256)]) + value[at + 1 :]
        if isinstance(value, str) and value:
            at = self._chance.randrange(len(value))
            return value[:at] + self._chance.choice(BYTES) + value[at + 1 :]
        if isinstance(value, int):
            return value ^ (1 << self._chance.randrange(8))
        return self._chance.choice(BYTES)


DAMAGES: tuple[Callable[[Vandal], set[Place] | None], ...] = tuple(
    method for name, method in vars(Vandal).items() if not name.startswith("_") and name != "run"
)


def examine(ctx: Context, count: int, seed: int = 1) -> dict[str, Counter[str]]:
    """By kind of damage: how many were `found`, `missed` or `misplaced` (the first fault names another place)."""
    chance, results = random.Random(seed), {one.__name__: Counter[str]() for one in DAMAGES}
    store: Any = ctx.store
    with store._engine.connect() as connection:
        run = connection.exec_driver_sql
        run("PRAGMA foreign_keys=OFF")
        for (name,) in run("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            run(f"DROP TRIGGER {name}")
        done = 0
        while done < count:
            damage = DAMAGES[done % len(DAMAGES)]
            run("BEGIN")
            try:
                places = damage(Vandal(connection, chance))
            except IntegrityError:  # the store itself refuses such a row, to everybody
                places = None
            if places is not None:
                done += 1
                faults = faults_of(ctx, connection, store._cipher)
                results[damage.__name__][_judged(faults, places)] += 1
            run("ROLLBACK")
        run("PRAGMA foreign_keys=ON")
    return results


def faults_of(ctx: Context, connection: Connection, cipher: Any) -> list[Fault]:
    records = SqlRecords(connection, cipher)
    with records.audit.as_stored():
        strays = [Fault("row_of_no_case", "", one.table, one.key) for one in records.audit.strays(9)]
        return check(records, ctx.macs, records.audit.streams("", 1000), Verified()) + strays


def _judged(faults: list[Fault], places: set[Place]) -> str:
    if not faults:
        return "missed"
    return "found" if (faults[0].table, faults[0].key) in places else "misplaced"


def _where(names: tuple[str, ...], key: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
    found = {f"k{number}": value for number, value in enumerate(key)}
    return " AND ".join(f'"{name}" = :k{number}' for number, name in enumerate(names)), found


def _entry(stream: str, seq: int) -> Place:
    return "audit_entries", f"{stream}/{seq}"


def _text(key: tuple[Any, ...]) -> str:
    return "/".join(map(str, key))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few_units(Path(folder))
        results = examine(small_world(Path(folder)), given.count, given.seed)
    total: Counter[str] = sum(results.values(), Counter())
    for name, found in results.items():
        print(f"{name.replace('_', ' '):40} {dict(found)}")
    print(f"{given.count} damages: {dict(total)}")
    return 0 if set(total) == {"found"} else 1


if __name__ == "__main__":
    sys.exit(main())
