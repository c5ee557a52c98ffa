"""The tables of written documents: texts, files, numbers, approvals and deliveries. Texts and files are sealed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from kiosk_api.persistence.tables import metadata

_MOMENT = String(32)

documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("event", Integer, nullable=False),  # the place in the case's history of the decision it tells
    Column("version", Integer, nullable=False),
    Column("made_by", String(32), nullable=False),
    Column("made_at", _MOMENT, nullable=False),
    Column("year", Integer, nullable=True),  # of the number; none until approved, as are the following
    Column("serial", Integer, nullable=True),
    Column("number", String(120), nullable=True, unique=True),
    Column("approved_by", String(32), nullable=True),
    Column("approved_at", _MOMENT, nullable=True),
    Column("sha256", String(64), nullable=True),  # of the file
    Column("sealed", LargeBinary, nullable=False),  # the text
    UniqueConstraint("case_id", "event", "kind", "version"),
    UniqueConstraint("kind", "year", "serial"),
)

document_files = Table(
    "document_files",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),  # the PDF as approved
)

document_numbers = Table(
    "document_numbers",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, index=True),
    Column("approved", Boolean, nullable=False),
    Column("decided_by", String(32), nullable=False),
    Column("decided_at", _MOMENT, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the reason
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, index=True),
    Column("method", String(16), nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("received_on", Date, nullable=True),
    Column("recorded_by", String(32), nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # proof: who took it, tracking number, why it failed
)
