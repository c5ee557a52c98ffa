"""Notices to petitioners: what is to be told, each way that was tried, and who wants only what the law owes them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, literal_column

from kiosk_api.persistence.schema import MOMENT
from kiosk_api.persistence.tables import metadata

petitioner_notices = Table(
    "petitioner_notices",
    metadata,
    # The case, or the request to be called back, and the occasion: each is kept once, and those of a case are beside
    # each other. A million may be made in one night, so nothing else is indexed for all of them.
    Column("id", String(120), primary_key=True),
    Column("case_id", String(32), nullable=True),
    Column("kind", String(32), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(40), nullable=True),  # why it was not told, a code
    Column("next_at", MOMENT, nullable=False),  # when the worker looks at it, while it waits
    Column("done_at", MOMENT, nullable=True),
    Column("closed_by", String(32), nullable=True),  # the officer who told it by other ways
    Column("closed_at", MOMENT, nullable=True),
    sqlite_with_rowid=False,
)
_n = petitioner_notices.c
# Literals, so that SQLite sees that a query asks for what a partial index holds.
WAITS = _n.state == literal_column("'waiting'")
UNTOLD = _n.state.in_((literal_column("'untold'"), literal_column("'doubtful'")))
_DONE = _n.done_at.is_not(None)
Index("ix_petitioner_notices_waiting", _n.next_at, sqlite_where=WAITS, postgresql_where=WAITS)
Index("ix_petitioner_notices_untold", _n.at, sqlite_where=UNTOLD, postgresql_where=UNTOLD)
Index("ix_petitioner_notices_done", _n.done_at, sqlite_where=_DONE, postgresql_where=_DONE)

notice_attempts = Table(
    "notice_attempts",
    metadata,
    Column("id", String(32), primary_key=True),  # the key that the platform gets, the same at each try
    Column("notice_id", ForeignKey("petitioner_notices.id", ondelete="CASCADE"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("link_id", String(32), nullable=False),  # the bound messenger; "" for the phone on record
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("asks", Integer, nullable=False),
    Column("next_at", MOMENT, nullable=False),
    Column("began_at", MOMENT, nullable=True),  # the latest try
    Column("sent_at", MOMENT, nullable=True),
    Column("platform_id", String(128), nullable=True),
    Column("last_error", String(40), nullable=True),
    UniqueConstraint("notice_id", "seq"),
)
_a = notice_attempts.c
OPEN = _a.state.in_(tuple(literal_column(f"'{one}'") for one in ("waiting", "sending", "unknown")))
Index("ix_notice_attempts_open", _a.channel, _a.next_at, sqlite_where=OPEN, postgresql_where=OPEN)
Index("ix_notice_attempts_platform_id", _a.platform_id)

notice_choices = Table(
    "notice_choices",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("at", MOMENT, nullable=False),
)
"""Cases whose petitioner wants only what the Regulations owe them."""
