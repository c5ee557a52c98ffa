"""Cases that were erased, those that must be kept for now, and what petitioners asked to have erased."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, String, Table

from kiosk_api.persistence.schema import MOMENT
from kiosk_api.persistence.tables import metadata

erasures = Table(
    "erasures",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("cause", String(16), nullable=False),
)

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("set_by", String(32), nullable=False),
    Column("since", MOMENT, nullable=False),
    Column("released_by", String(32), nullable=True),
    Column("until", MOMENT, nullable=True),  # none while it lasts
    Column("sealed", LargeBinary, nullable=False),  # the reason
)

erasure_requests = Table(
    "erasure_requests",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("what", String(16), nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("decided_by", String(32), nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the reason
    Index("ix_erasure_requests_case_id", "case_id", "at"),
)
