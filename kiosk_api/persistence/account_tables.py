"""Tables of what is kept about officers: the offices they held, what they read, and their authenticator apps."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from kiosk_api.persistence.schema import MOMENT, metadata

officer_roles = Table(
    "officer_roles",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), nullable=False, index=True),
    Column("role", String(32), nullable=False),
    Column("unit", String(200), nullable=True),
    Column("since", MOMENT, nullable=True),  # unknown for accounts of an earlier release
    Column("until", MOMENT, nullable=True),  # none while it is held
)

officer_log = Table(
    "officer_log",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("case_id", String(32), nullable=False),
    Column("at", MOMENT, nullable=False, index=True),
    Column("action", String(16), nullable=False),
    Column("reason_id", String(32), nullable=True),  # of reading_reasons, where the office asks for one
    Index("ix_officer_log_of_case", "case_id", "at"),
)

reading_reasons = Table(
    "reading_reasons",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("case_id", String(32), nullable=False),
    Column("at", MOMENT, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # the reason
    Index("ix_reading_reasons_of_case", "case_id", "officer_id", "at"),
)

officer_apps = Table(
    "officer_apps",
    metadata,
    Column("officer_id", ForeignKey("officers.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # the secret
    Column("last_step", Integer, nullable=False),  # of the last code used; 0 before the first right one
)
