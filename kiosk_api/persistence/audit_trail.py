"""Records every change of a recorded table in the transaction that makes it.

It listens to the statements of the store's connection, so that no repository can forget it: of each row that a
statement inserts, changes or deletes it keeps the key and what was there before; before the commit it reads the rows
again and adds an entry for each that is different. Raw SQL of the driver passes by it, and `verify-audit` finds that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Delete,
    Engine,
    Insert,
    Select,
    Table,
    Update,
    event,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.types import NullType

from kiosk_api.domain import audit
from kiosk_api.domain.actors import acting
from kiosk_api.persistence.audit_chain import append
from kiosk_api.persistence.audit_rules import RULES, Rule
from kiosk_api.persistence.codec import to_text
from kiosk_api.persistence.document_tables import documents
from kiosk_api.persistence.guards import TRAIL

Key = tuple[Any, ...]
Values = dict[str, Any]


@dataclass
class Touched:
    """A row of this transaction: what was there before it, None for nothing, and why it may be rewritten."""

    before: Values | None
    reason: str | None


class Recorder:
    """Attaches a trail to write transactions of an engine."""

    def __init__(self, engine: Engine, macs: audit.Macs, now: Callable[[], datetime]) -> None:
        self._macs = macs
        self._now = now
        event.listen(engine, "before_execute", _before)
        event.listen(engine, "after_execute", _after)

    @contextmanager
    def on(self, connection: Connection) -> Iterator[None]:
        """Record what the block changes; the entries are written when it ends well."""
        trail = Trail()
        info = connection.info  # kept: a connection that was lost meanwhile refuses to be asked for it
        info[TRAIL] = trail
        try:
            yield
            trail.write(connection, self._macs, to_text(self._now()))
        finally:
            info.pop(TRAIL, None)


class Trail:
    """The rows that one transaction has touched, in the order of the first touch."""

    def __init__(self) -> None:
        self._touched: dict[tuple[str, Key], Touched] = {}
        self._rewriting: list[str] = []
        self._reason: str | None = None

    def begin_rewriting(self, reason: str) -> None:
        """Rows that are kept as they are may change from now on."""
        self._rewriting.append(reason)
        self._reason = reason

    def end_rewriting(self) -> None:
        """Until now."""
        self._reason = None

    def touch(self, rule: Rule, key: Key, before: Values | None) -> None:
        """A statement changes this row; `before` is None for a new one."""
        known = self._touched.setdefault((rule.name, key), Touched(before, self._reason))
        known.reason = known.reason or self._reason

    def write(self, connection: Connection, macs: audit.Macs, at: str) -> None:
        """Add the entries of this transaction to their chains."""
        key_id, who = macs.current(), acting()
        new = [
            audit.Entry(audit.OFFICE, 0, at, who.kind, who.officer, audit.REWRITING, "", "", None, reason, key_id)
            for reason in self._rewriting
        ]
        order = {place: number for number, place in enumerate(self._touched)}
        found: dict[tuple[str, Key], list[audit.Entry]] = {}
        for name in dict.fromkeys(name for name, _ in self._touched):
            rule = RULES[name]
            keys = [key for table, key in self._touched if table == name]
            for start in range(0, len(keys), rule.batch):
                part = keys[start : start + rule.batch]
                now = read_rows(connection, rule, part)
                parents = _parents(connection, rule, [*now.values(), *self._befores(name, part)])
                for key in part:
                    touched, values = self._touched[name, key], now.get(key)
                    if not _differs(rule, touched.before, values):
                        continue
                    found[name, key] = [
                        audit.Entry(
                            stream, 0, at, who.kind, who.officer, action, name, audit.key_text(key),
                            _digest(macs, key_id, rule, values), touched.reason, key_id,
                        )
                        for stream, action, values in _steps(rule, touched.before, values, parents)
                    ]  # fmt: skip
        for place in sorted(found, key=order.__getitem__):
            new += found[place]
        append(connection, macs, new)

    def _befores(self, name: str, keys: Sequence[Key]) -> list[Values]:
        return [before for key in keys if (before := self._touched[name, key].before)]


def _digest(macs: audit.Macs, key_id: str, rule: Rule, values: Values | None) -> bytes | None:
    return None if values is None else audit.row_digest(macs, key_id, content(rule, values))


def content(rule: Rule, values: Mapping[str, Any]) -> bytes:
    """What the digest of a row is made of."""
    return audit.row_content(rule.name, {name: values[name] for name in rule.columns})


def raw(rule: Rule, names: Sequence[str]) -> Select[Any]:
    """These columns as the database holds them, past every conversion."""
    columns: list[Any] = [type_coerce(rule.table.c[name], NullType()).label(name) for name in names]
    return select(*columns)


def read_rows(connection: Connection, rule: Rule, keys: Sequence[Key]) -> dict[Key, Values]:
    """The recorded rows among these, by key."""
    query = raw(rule, rule.columns)
    columns = [rule.table.c[name] for name in rule.key]
    if len(columns) == 1:
        query = query.where(columns[0].in_([_bound(columns[0], key[0]) for key in keys]))
    else:
        query = query.where(tuple_(*columns).in_(list(keys)))
    if rule.case == "case_id":
        query = query.where(rule.table.c.case_id.is_not(None))
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return {_key(rule, row): row for row in rows}


def _key(rule: Rule, values: Mapping[str, Any]) -> Key:
    """The same from a statement and from a row: days as text."""
    found = (values[name] for name in rule.key)
    return tuple(one.isoformat() if isinstance(one, date) else one for one in found)


def _bound(column: Column[Any], value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _differs(rule: Rule, before: Values | None, now: Values | None) -> bool:
    """Whether anything recorded changed; of a file, which is not read twice, every statement counts."""
    if before is None or now is None:
        return before is not now
    return rule.files or any(before[name] != now[name] for name in rule.columns)


def _steps(
    rule: Rule, before: Values | None, now: Values | None, parents: Mapping[str, str]
) -> Iterator[tuple[str, str, Values | None]]:
    """(chain, action, values): mostly one; a row that moves to another case leaves one chain and enters another."""
    was, is_ = _stream(rule, before, parents), _stream(rule, now, parents)
    if was and was != is_:
        yield was, audit.DELETED, None
    if is_:
        yield is_, audit.UPDATED if was == is_ else audit.INSERTED, now


def _stream(rule: Rule, values: Values | None, parents: Mapping[str, str]) -> str | None:
    if values is None:
        return None
    if not rule.case:
        return audit.OFFICE
    found = values[rule.case]
    return parents.get(found) if rule.case == "document_id" else found


def _parents(connection: Connection, rule: Rule, rows: Sequence[Values]) -> dict[str, str]:
    """The cases of the documents that these rows belong to."""
    if rule.case != "document_id":
        return {}
    d, ids = documents.c, sorted({row["document_id"] for row in rows})
    return {row.id: row.case_id for row in connection.execute(select(d.id, d.case_id).where(d.id.in_(ids)))}


def _before(connection: Connection, statement: Any, many: Any, one: Any, _options: Any) -> None:
    """Keep what an UPDATE or DELETE is going to change."""
    trail = connection.info.get(TRAIL)
    if trail is None or not isinstance(statement, Update | Delete):
        return
    rule = _rule(statement)
    if rule is None or (isinstance(statement, Update) and rule.but and _names(statement) <= rule.but):
        return
    names = tuple(dict.fromkeys((*rule.key, *rule.plain)))
    query = raw(rule, names)
    if statement.whereclause is not None:
        query = query.where(statement.whereclause)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update(of=rule.table)
    for values in many or [one]:
        for row in connection.execute(query, values).mappings():
            before = dict(row)
            trail.touch(rule, _key(rule, before), before)


def _after(connection: Connection, statement: Any, _many: Any, _one: Any, _options: Any, result: Any) -> None:
    """Keep the keys of what an INSERT has added."""
    trail = connection.info.get(TRAIL)
    if trail is None or not isinstance(statement, Insert):
        return
    rule = _rule(statement)
    if rule is not None:
        for values in result.context.compiled_parameters:
            trail.touch(rule, _key(rule, values), None)


def _rule(statement: Any) -> Rule | None:
    return RULES.get(statement.table.name) if isinstance(statement.table, Table) else None


def _names(statement: Update) -> set[str]:
    """The columns that an UPDATE sets."""
    return {str(getattr(column, "name", column)) for column in statement._values or {}}
