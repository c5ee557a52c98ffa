"""What is recorded and what is stored, read side by side for `verify-audit`, anchors and the history of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select, update

from kiosk_api.domain import audit
from kiosk_api.domain.actors import acting
from kiosk_api.persistence.audit_chain import append
from kiosk_api.persistence.audit_rules import RULES, Rule
from kiosk_api.persistence.audit_tables import audit_entries, audit_guard, audit_heads
from kiosk_api.persistence.audit_trail import content, raw
from kiosk_api.persistence.codec import to_text
from kiosk_api.persistence.document_tables import documents
from kiosk_api.persistence.tables import cases, events

BATCH = 500  # entries of one query
_ANCHORED = update(audit_heads).where(audit_heads.c.stream == bindparam("of")).values(anchored=bindparam("to"))


class SqlAudit:
    """The Audit port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def as_stored(self) -> Iterator[None]:
        """Texts that are no UTF-8, as only a damaged file has them, are read instead of failing."""
        driver: Any = self._connection.connection.driver_connection
        if self._connection.dialect.name != "sqlite":
            yield
            return
        before, driver.text_factory = driver.text_factory, lambda data: data.decode("utf-8", "surrogateescape")
        try:
            yield
        finally:
            driver.text_factory = before

    def streams(self, after: str, limit: int) -> list[str]:
        """The next chains in the order of their names: of cases that are stored, of heads, and of entries."""
        found: set[str] = set()
        for column in (cases.c.id, audit_heads.c.stream, audit_entries.c.stream):
            query = select(column).where(column > after).distinct().order_by(column).limit(limit)
            found.update(self._connection.execute(query).scalars())
        return sorted(found)[:limit]

    def heads(self, streams: Sequence[str]) -> dict[str, audit.Head]:
        """The last entries of these chains."""
        h = audit_heads.c
        query = select(h.stream, h.seq, h.hash, h.anchored).where(h.stream.in_(streams))
        return {row.stream: audit.Head(*row) for row in self._connection.execute(query)}

    def entries(self, streams: Sequence[str]) -> Iterator[audit.Entry]:
        """The entries of these chains, chain by chain in order; read in batches."""
        e = audit_entries.c
        for stream in sorted(streams):
            query = select(audit_entries).where(e.stream == stream).order_by(e.seq).limit(BATCH)
            rows = self._connection.execute(query).all()
            while rows:
                yield from map(_entry, rows)
                rest = query.where(e.seq > rows[-1].seq)
                rows = self._connection.execute(rest).all() if len(rows) == BATCH else []

    def rows(self, streams: Sequence[str]) -> dict[str, list[audit.Row]]:
        """Every recorded row that is stored of these chains."""
        found: dict[str, list[audit.Row]] = {one: [] for one in streams}
        for rule in RULES.values():
            for stream, row in self._rows(rule, streams):
                found[stream].append(row)
        return found

    def strays(self, limit: int) -> list[audit.Row]:
        """Rows of cases that do not exist: enforced keys never let one in."""
        found: list[audit.Row] = []
        for rule in RULES.values():
            if rule.case not in ("", "id"):
                column = documents.c.id if rule.case == "document_id" else cases.c.id
                at = rule.table.c[rule.case]
                lost = and_(at.is_not(None), ~select(column).where(column == at).correlate(rule.table).exists())
                query = raw(rule, rule.columns).where(lost).limit(limit)
                found += [_row(rule, row) for row in self._connection.execute(query).mappings()]
        return found[:limit]

    def actions_of(self, case_id: str) -> dict[str, str]:
        """Event id → action, of the events of a case; nothing is opened."""
        e = events.c
        return {
            row.id: row.action for row in self._connection.execute(select(e.id, e.action).where(e.case_id == case_id))
        }

    def guard_is_open(self) -> bool:
        """Whether a row of the guard was left behind: then nothing is protected."""
        return self._connection.execute(select(audit_guard.c.id)).first() is not None

    def has_begun(self) -> bool:
        """Whether everything that was stored before the record has got its first entries."""
        e = audit_entries.c
        begun = select(e.seq).where(e.stream == audit.OFFICE, e.action == audit.BEGUN).limit(1)
        return self._connection.execute(begun).first() is not None

    def adopt(self, macs: audit.Macs, streams: Sequence[str], at: datetime) -> int:
        """First entries for the rows of these chains that have none; how many."""
        known = {(one.stream, one.table, one.key) for one in self.entries(streams)}
        new = [
            self._made(macs, stream, audit.ADOPTED, at, row)
            for stream, rows in self.rows(streams).items()
            for row in rows
            if (stream, row.table, row.key) not in known
        ]
        append(self._connection, macs, new)
        return len(new)

    def begin(self, macs: audit.Macs, at: datetime) -> None:
        """From now on a row without an entry is a fault."""
        append(self._connection, macs, [self._made(macs, audit.OFFICE, audit.BEGUN, at, None)])

    def _made(
        self, macs: audit.Macs, stream: str, action: str, at: datetime, row: audit.Row | None
    ) -> audit.Entry:  # fmt: skip
        key_id, who = macs.current(), acting()
        digest = audit.row_digest(macs, key_id, row.content) if row else None
        place = (row.table, row.key) if row else ("", "")
        return audit.Entry(stream, 0, to_text(at), who.kind, who.officer, action, *place, digest, None, key_id)

    # anchors ---------------------------------------------------------------------------
    def snapshot(self) -> None:
        """All queries of this transaction see one moment; those of SQLite do anyway."""
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    def totals(self) -> tuple[int, int]:
        """How many chains there are, and how many entries all of them together."""
        query = select(func.count(), func.coalesce(func.sum(audit_heads.c.seq), 0))
        chains, entries = self._connection.execute(query).one()
        return int(chains), int(entries)

    def unanchored(self, after: str, limit: int) -> list[audit.Head]:
        """The next heads that have moved since the latest anchor, by name."""
        h = audit_heads.c
        query = select(h.stream, h.seq, h.hash, h.anchored).where(h.seq > h.anchored, h.stream > after)
        return [audit.Head(*row) for row in self._connection.execute(query.order_by(h.stream).limit(limit))]

    def set_anchored(self, places: Sequence[tuple[str, int]]) -> None:
        """The latest anchor names these entries."""
        if places:
            self._connection.execute(_ANCHORED, [{"of": stream, "to": seq} for stream, seq in places])

    def hash_of(self, stream: str, seq: int) -> bytes | None:
        """The hash of one entry."""
        e = audit_entries.c
        found = self._connection.execute(select(e.hash).where(e.stream == stream, e.seq == seq)).scalar()
        return found if isinstance(found, bytes) else None

    def _rows(self, rule: Rule, streams: Sequence[str]) -> Iterator[tuple[str, audit.Row]]:
        query = raw(rule, rule.columns)
        if not rule.case:
            if audit.OFFICE in streams:
                rows = self._connection.execute(query, execution_options={"yield_per": rule.batch}).mappings()
                yield from ((audit.OFFICE, _row(rule, row)) for row in rows)
            return
        if rule.case == "document_id":
            query = query.join(documents, documents.c.id == rule.table.c.document_id)
            case = documents.c.case_id
        else:
            case = rule.table.c[rule.case]
        query = query.add_columns(case.label("of_case")).where(case.in_(streams))
        for row in self._connection.execute(query, execution_options={"yield_per": rule.batch}).mappings():
            yield row["of_case"], _row(rule, row)


def _row(rule: Rule, values: Any) -> audit.Row:
    key = audit.key_text(tuple(values[name] for name in rule.key))
    return audit.Row(rule.name, key, content(rule, values))


def _entry(row: Any) -> audit.Entry:
    return audit.Entry(
        row.stream, row.seq, row.at, row.actor_kind, row.actor, row.action, row.table_name, row.row_key,
        row.digest, row.reason, row.key_id, row.hash,
    )  # fmt: skip
