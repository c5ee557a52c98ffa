"""Who stands outside a case (Art. 28, 30): rows that follow from its events and can be made anew; and who is told of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from kiosk_api.persistence.tables import metadata

accused = Table(
    "accused",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("unit_id", String(32), primary_key=True),  # of a person: theirs
    Column("officer_id", String(32), primary_key=True),  # "" when the unit itself is accused
    Column("set_by", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Index("ix_accused_unit_id", "unit_id", "officer_id"),
    Index("ix_accused_officer_id", "officer_id"),
)

interests = Table(
    "interests",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("officer_id", String(32), primary_key=True, index=True),
    Column("decided_by", String(32), nullable=False),
    Column("at", String(32), nullable=False),
)

unit_notices = Table(
    "unit_notices",
    metadata,
    Column("id", String(32), primary_key=True),  # of the message that brought it
    Column("unit_id", String(32), nullable=False),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=True),
    Column("seen_by", String(32), nullable=True),
    Index("ix_unit_notices_unit_id", "unit_id", "case_id"),
)
"""What a unit has to be told of a case that it does not have. Written once by the worker, and not made anew."""
