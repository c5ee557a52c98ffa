"""Tables of units, accounts and their sessions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, String, Table, Text

from kiosk_api.persistence.schema import MARK, MOMENT, metadata

units = Table(
    "units",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("parent_id", String(32), nullable=True, index=True),
    Column("kind", String(40), nullable=False),
    Column("name", String(200), nullable=False, index=True),
    Column("aliases", Text, nullable=False),  # JSON list
    Column("initials", Text, nullable=False),  # JSON: for each name the letters its characters' readings begin with
    Column("superior_id", String(32), nullable=True),
    Column("successor_id", String(32), nullable=True),
    Column("active_from", Date, nullable=False),
    Column("active_to", Date, nullable=True),
)

officers = Table(
    "officers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("display_name", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    Column("unit", String(200), nullable=True),  # units.id
    Column("password_hash", String(200), nullable=False),
    Column("is_active", Boolean, nullable=False, default=True),
    Column("must_change", Boolean, nullable=False, default=False),  # before anything else, the password
)

officer_sessions = Table(
    "officer_sessions",
    metadata,
    Column("token_mark", MARK, primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("opened_at", MOMENT, nullable=False),
    Column("seen_at", MOMENT, nullable=True),  # the officer's last page, to the minute
    Column("expires_at", MOMENT, nullable=False, index=True),
)
