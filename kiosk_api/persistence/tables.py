"""The tables. Identity, narrative and event contents are encrypted; look-ups use HMACs."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
)

from kiosk_api.persistence.organisation_tables import officer_sessions as officer_sessions
from kiosk_api.persistence.organisation_tables import officers as officers
from kiosk_api.persistence.organisation_tables import units as units
from kiosk_api.persistence.schema import MARK, MOMENT
from kiosk_api.persistence.schema import metadata as metadata

cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_number", String(32), nullable=False, unique=True),
    Column("token_mark", MARK, nullable=False, unique=True),
    Column("tail_mark", MARK, nullable=False),  # this and the next: "" where no phone was given
    Column("phone_mark", MARK, nullable=False, index=True),
    Column("id_mark", MARK, nullable=True, index=True),
    Column("status", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("domain", String(32), nullable=False),
    Column("hot_field", String(32), nullable=True),
    Column("window", String(40), nullable=False),
    Column("responsible_unit", String(200), nullable=True),  # units.id
    Column("emergency", Boolean, nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("doubtful", Boolean, nullable=False, server_default=false()),  # whether it accuses waits for an officer
    Column("registered_at", MOMENT, nullable=False, index=True),
    Column("next_due_on", Date, nullable=True),
    Column("recheck_on", Date, nullable=True, index=True),  # the day on which its dates must be computed again
    Column("list_order", String(40), nullable=False, server_default=""),
    Column("urged", Integer, nullable=False),
    Column("urge_waits", Boolean, nullable=False, server_default=false()),  # urged, and not at its end
    Column("petition", LargeBinary, nullable=False),
    Column("route", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("channel", String(16), nullable=False, server_default="network"),
    Column("repeat_of", String(32), nullable=True, index=True),  # number of the case that it repeats
    Index("ix_cases_channel_registered_at", "channel", "registered_at"),
    Index("ix_cases_listed_channel", "channel", "list_order"),
)

events = Table(
    "events",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("action", String(32), nullable=False),
    Column("role", String(32), nullable=False),
    Column("actor", String(32), nullable=False),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("case_id", "seq"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("topic", String(40), nullable=False),
    Column("case_id", String(32), nullable=True),
    Column("payload", LargeBinary, nullable=False),
    Column("available_at", MOMENT, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", MOMENT, nullable=True),
    Column("last_error", String(80), nullable=True),
    Index("ix_outbox_waiting", "done_at", "available_at"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("key_mark", MARK, primary_key=True),
    Column("fingerprint", MARK, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("created_at", MOMENT, nullable=False, index=True),
)

attachment_bundles = Table(
    "attachment_bundles",
    metadata,
    Column("mark", MARK, primary_key=True),
    Column("link_mark", MARK, nullable=True, unique=True),  # the code on the kiosk, until used
    Column("visit_mark", MARK, nullable=True, unique=True),  # the one phone that used it
    Column("link_expires_at", MOMENT, nullable=True),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False, index=True),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=True, index=True),
    Column("bundle_mark", MARK, nullable=True, index=True),
    Column("seq", Integer, nullable=False),
    Column("mime", String(32), nullable=False),
    Column("size", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=True, index=True),
)

drafts = Table(
    "drafts",
    metadata,
    Column("session_mark", MARK, primary_key=True),
    Column("resume_mark", MARK, nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False, index=True),
)

handovers = Table(
    "handovers",
    metadata,
    Column("code_mark", MARK, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("taken_by", String(32), nullable=True),  # the officer who may read it again
    Column("left_at", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False, index=True),
)

assist_codes = Table(
    "assist_codes",
    metadata,
    Column("code_mark", MARK, primary_key=True),
    Column("officer_id", ForeignKey("officers.id"), nullable=False),
    Column("handover_mark", MARK, nullable=True),  # dropped when a petition is filed with this code
    Column("expires_at", MOMENT, nullable=False, index=True),
)

callbacks = Table(
    "callbacks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code_mark", MARK, nullable=False, unique=True),
    Column("tail_mark", MARK, nullable=False),  # of code and phone together, as is the next
    Column("phone_mark", MARK, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("requested_at", MOMENT, nullable=False),
    Column("due_by", MOMENT, nullable=False),
    Column("answered_by", String(32), nullable=True),  # the officer who reached the citizen
    Column("closed_at", MOMENT, nullable=True),
    Column("expires_at", MOMENT, nullable=True, index=True),  # none while it waits
    Column("sealed", LargeBinary, nullable=False),  # code, phone, best time, line and events
    Index("ix_callbacks_open", "closed_at", "state", "due_by"),
)

hall_calls = Table(
    "hall_calls",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("source_mark", MARK, nullable=False, index=True),  # of the terminal
    Column("place", String(80), nullable=False),  # its name, empty when it has none
    Column("called_at", MOMENT, nullable=False),
    Column("taken_by", String(32), nullable=True),
    Column("taken_at", MOMENT, nullable=True),
    Column("expires_at", MOMENT, nullable=False, index=True),
)

danger_signals = Table(
    "danger_signals",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("source_mark", MARK, nullable=False, index=True),  # of the terminal
    Column("kind", String(16), nullable=False),
    Column("place", String(80), nullable=False),  # its name, empty when it has none
    Column("told_at", MOMENT, nullable=False),
    Column("seen_by", String(32), nullable=True),
    Column("seen_at", MOMENT, nullable=True),
    Column("closed_by", String(32), nullable=True),
    Column("closed_at", MOMENT, nullable=True),
    Column("expires_at", MOMENT, nullable=False, index=True),
)

allowances = Table(
    "allowances",
    metadata,
    Column("mark", MARK, primary_key=True),  # keyed: which budget of what or whom
    Column("level", Float, nullable=False),
    Column("at", MOMENT, nullable=True),
    Column("tried_at", MOMENT, nullable=True),
    Column("total", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    Column("expires_at", MOMENT, nullable=False, index=True),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(16), nullable=False),  # holiday, make_up or ordinary
    Column("source", String(120), nullable=False),
)

calendar_years = Table(
    "calendar_years",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("confirmed_at", MOMENT, nullable=False),
    Column("source", String(120), nullable=False),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("at", MOMENT, nullable=False),
)

handbook_gaps = Table(
    "handbook_gaps",
    metadata,
    Column("day", Date, primary_key=True),
    Column("outcome", String(16), primary_key=True),  # choices or refer
    Column("topic", String(80), primary_key=True),  # nearest section, or an out-of-scope topic
    Column("times", Integer, nullable=False),
)

key_notes = Table(
    "key_notes",
    metadata,
    Column("id", String(8), primary_key=True),
    Column("purpose", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("check_value", MARK, nullable=False),
    Column("added_at", MOMENT, nullable=False),
    Column("emptied_at", MOMENT, nullable=True),  # since then no row needs this key
    Column("backed_up_at", MOMENT, nullable=True),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("place", String(40), primary_key=True),  # table.column
    Column("row_id", String(64), primary_key=True),
    Column("case_id", String(32), nullable=True, index=True),
    Column("reason", String(40), nullable=False),  # a code, never content
    Column("at", MOMENT, nullable=False),
)
