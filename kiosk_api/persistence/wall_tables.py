"""Who stands outside a case (Art. 28, 30): rows that follow from its events and can be made anew."""

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
