"""Who handles a case (rows that follow from its events and can be made anew), and who is away."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from kiosk_api.persistence.tables import metadata

assignments = Table(
    "assignments",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),  # 2: the second person who had it
    Column("officer_id", String(32), nullable=False),
    Column("set_by", String(32), nullable=False),
    Column("from_at", String(32), nullable=False),
    Column("to_at", String(32), nullable=True),  # empty while it lasts
    Index("ix_assignments_officer_id", "officer_id", "to_at"),
)

absences = Table(
    "absences",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("deputy_id", ForeignKey("officers.id"), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("set_by", String(32), nullable=False),
    Column("at", String(32), nullable=False),
    Index("ix_absences_officer_id", "officer_id", "to_on"),
)
