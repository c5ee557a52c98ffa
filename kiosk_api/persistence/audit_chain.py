"""Adds entries to chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from kiosk_api.domain import audit
from kiosk_api.persistence.audit_tables import audit_entries, audit_heads

MOST = 200  # chains of one statement
_MOVED = (
    update(audit_heads)
    .where(audit_heads.c.stream == bindparam("of"))
    .values(seq=bindparam("to"), hash=bindparam("made"))
)


def append(connection: Connection, macs: audit.Macs, new: Sequence[audit.Entry]) -> None:
    """Number these entries, chain them and store them with the new heads.

    Chains are locked in one order, after everything else of the transaction, so that two cannot wait for each other.
    """
    streams = sorted({one.stream for one in new})
    for start in range(0, len(streams), MOST):
        part = streams[start : start + MOST]
        _append(connection, macs, part, [one for one in new if one.stream in set(part)])


def _append(connection: Connection, macs: audit.Macs, streams: list[str], new: list[audit.Entry]) -> None:
    heads = _locked(connection, streams)
    known = set(heads)
    rows = []
    for one in new:
        head = heads.get(one.stream) or audit.Head(one.stream, 0, audit.START)
        numbered = replace(one, seq=head.seq + 1)
        made = audit.entry_hash(macs, head.hash, numbered)
        assert made is not None  # with the key in use
        heads[one.stream] = replace(head, seq=numbered.seq, hash=made)
        rows.append(_columns(replace(numbered, hash=made)))
    connection.execute(insert(audit_entries), rows)
    if fresh := [heads[one] for one in streams if one not in known]:
        connection.execute(insert(audit_heads), [{"stream": h.stream, "seq": h.seq, "hash": h.hash} for h in fresh])
    if known:
        connection.execute(_MOVED, [{"of": h.stream, "to": h.seq, "made": h.hash} for h in map(heads.get, known) if h])


def _locked(connection: Connection, streams: list[str]) -> dict[str, audit.Head]:
    """The heads, held until the transaction ends: SQLite has one writer, PostgreSQL locks the rows."""
    h = audit_heads.c
    query = select(h.stream, h.seq, h.hash, h.anchored).where(h.stream.in_(streams)).order_by(h.stream)
    if connection.dialect.name == "postgresql":
        first = postgresql_insert(audit_heads).on_conflict_do_nothing()
        connection.execute(first, [{"stream": one, "seq": 0, "hash": audit.START} for one in streams])
        query = query.with_for_update()
    return {row.stream: audit.Head(*row) for row in connection.execute(query)}


def _columns(one: audit.Entry) -> dict[str, object]:
    found = dict(vars(one))
    return {**found, "table_name": found.pop("table"), "row_key": found.pop("key")}
