"""Tables of the record of changes. No entry holds personal data: rows are named by their keys, contents by digests."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from kiosk_api.persistence.schema import MOMENT
from kiosk_api.persistence.tables import metadata

# One chain for each case, and one for what belongs to no case. The hash before an entry is that of the row before it.
audit_entries = Table(
    "audit_entries",
    metadata,
    Column("stream", String(32), primary_key=True),  # cases.id, or `office`
    Column("seq", Integer, primary_key=True, autoincrement=False),  # from 1, without gaps
    Column("at", MOMENT, nullable=False),
    Column("actor_kind", String(16), nullable=False),
    Column("actor", String(32), nullable=False),  # officers.id; "" for whoever is no officer
    Column("action", String(16), nullable=False),
    Column("table_name", String(40), nullable=False),
    Column("row_key", String(200), nullable=False),
    Column("digest", LargeBinary, nullable=True),  # of the row as stored; none when it is gone
    Column("reason", String(40), nullable=True),  # why rows that never change were changed
    Column("key_id", String(8), nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# The last entry of each chain. Locked for as long as an entry is added.
audit_heads = Table(
    "audit_heads",
    metadata,
    Column("stream", String(32), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("anchored", Integer, nullable=False, server_default="0"),  # the entry that the latest anchor names
    sqlite_with_rowid=False,
)

# Holds a row only inside a transaction that may rewrite; nobody else ever sees one.
audit_guard = Table(
    "audit_guard",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(40), nullable=False),
)
