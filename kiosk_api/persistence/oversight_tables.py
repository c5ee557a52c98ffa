"""Contacts with the petitioner, supervisions and advice: rows that follow from the events of a case and can be made
anew. What was said stays in the sealed events."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from kiosk_api.persistence.tables import metadata

contacts = Table(
    "contacts",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("officer_id", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", String(32), nullable=False),
)

supervisions = Table(
    "supervisions",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("unit_id", String(32), nullable=True),  # empty when no unit had the case
    Column("cause", String(32), nullable=False),
    Column("raised_by", String(32), nullable=False),
    Column("raised_at", String(32), nullable=False),
    Column("due_on", Date, nullable=True),  # empty in events of the first release
    Column("closed_at", String(32), nullable=True),  # empty while it is open
    Column("answered", Boolean, nullable=False),
    Index("ix_supervisions_unit_id", "unit_id", "closed_at", "due_on"),
    Index("ix_supervisions_closed_at", "closed_at", "due_on"),
)

advice = Table(
    "advice",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("unit_id", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("given_at", String(32), nullable=False),
    Column("due_on", Date, nullable=True),  # empty in events of the first release
    Column("answered_at", String(32), nullable=True),  # empty while it waits
    Column("adopted", String(16), nullable=False),  # empty while it waits
    Index("ix_advice_unit_id", "unit_id", "answered_at", "due_on"),
    Index("ix_advice_answered_at", "answered_at", "due_on"),
    Index("ix_advice_given_at", "given_at"),
)
