"""Written documents: versions, numbers without gaps, files, approvals and deliveries."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql

from kiosk_api.domain.documents import Approval, Delivery, DeliveryMethod, Document, DocumentKind, Paper, Section
from kiosk_api.persistence.codec import from_text, new_id, to_text
from kiosk_api.persistence.document_tables import (
    approvals,
    deliveries,
    document_files,
    document_numbers,
    documents,
)
from kiosk_api.services.base.ports import Cipher


class SqlDocuments:
    """The Documents port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def add(self, case_id: str, kind: DocumentKind, event: int, paper: Paper, made_by: str, at: datetime) -> Document:
        """The next version of the document that tells this event."""
        of_event = and_(documents.c.case_id == case_id, documents.c.event == event, documents.c.kind == kind.value)
        last = self._connection.execute(select(func.max(documents.c.version)).where(of_event)).scalar()
        row_id = new_id()
        made = Document(row_id, case_id, kind, event, (last or 0) + 1, made_by, at)
        self._connection.execute(
            insert(documents).values(
                id=row_id,
                case_id=case_id,
                kind=kind.value,
                event=event,
                version=made.version,
                made_by=made_by,
                made_at=to_text(at),
                sealed=self._cipher.seal(("documents", "sealed", row_id), _to_json(paper)),
            )
        )
        return made

    def of_case(self, case_id: str) -> list[Document]:
        """All versions, in the order of their events."""
        query = (
            select(documents)
            .where(documents.c.case_id == case_id)
            .order_by(documents.c.event, documents.c.kind, documents.c.version)
        )
        return [_document(row) for row in self._connection.execute(query)]

    def paper(self, document_id: str) -> Paper:
        """The text of one; the caller has checked that it may be read."""
        query = select(documents.c.sealed).where(documents.c.id == document_id)
        sealed = self._connection.execute(query).scalar_one()
        return _from_json(self._cipher.open(("documents", "sealed", document_id), sealed))

    def file(self, document_id: str) -> bytes:
        """The PDF of an approved one."""
        query = select(document_files.c.sealed).where(document_files.c.document_id == document_id)
        sealed = self._connection.execute(query).scalar_one()
        return self._cipher.open_bytes(("document_files", "sealed", document_id), sealed)

    def last_number(self, kind: DocumentKind, year: int) -> int:
        """The last serial number given; another may be given before this transaction's reader uses it."""
        here = and_(document_numbers.c.kind == kind.value, document_numbers.c.year == year)
        return self._connection.execute(select(document_numbers.c.last).where(here)).scalar() or 0

    def take_number(self, kind: DocumentKind, year: int) -> int:
        """The next serial number. Rolled back with its transaction, so that none is left out; until then
        nobody else gets one of this kind and year: SQLite has one writer, PostgreSQL locks the row."""
        row = {"kind": kind.value, "year": year, "last": 0}
        here = and_(document_numbers.c.kind == kind.value, document_numbers.c.year == year)
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(insert_on_postgresql(document_numbers).values(row).on_conflict_do_nothing())
        elif self._connection.execute(select(document_numbers.c.last).where(here)).first() is None:
            self._connection.execute(insert(document_numbers).values(row))
        self._connection.execute(update(document_numbers).where(here).values(last=document_numbers.c.last + 1))
        return int(self._connection.execute(select(document_numbers.c.last).where(here)).scalar_one())

    def approve(self, one: Document, year: int, serial: int, paper: Paper, file: bytes) -> None:
        """Store an approved version (number, day, sha256 and approver are set in `one`) with its file."""
        assert one.approved_at is not None
        self._connection.execute(
            update(documents)
            .where(documents.c.id == one.id)
            .values(
                year=year,
                serial=serial,
                number=one.number,
                approved_by=one.approved_by,
                approved_at=to_text(one.approved_at),
                sha256=one.sha256,
                sealed=self._cipher.seal(("documents", "sealed", one.id), _to_json(paper)),
            )
        )
        sealed = self._cipher.seal_bytes(("document_files", "sealed", one.id), file)
        self._connection.execute(insert(document_files).values(document_id=one.id, sealed=sealed))

    def add_approval(self, given: Approval) -> None:
        """Note a leader's decision."""
        row_id = new_id()
        self._connection.execute(
            insert(approvals).values(
                id=row_id,
                document_id=given.document_id,
                approved=given.approved,
                decided_by=given.decided_by,
                decided_at=to_text(given.decided_at),
                sealed=self._cipher.seal(("approvals", "sealed", row_id), {"name": given.name, "reason": given.reason}),
            )
        )

    def approvals_of(self, case_id: str) -> list[Approval]:
        """The decisions on all documents of a case, the oldest first."""
        query = (
            select(approvals)
            .join(documents, documents.c.id == approvals.c.document_id)
            .where(documents.c.case_id == case_id)
            .order_by(approvals.c.decided_at)
        )
        return [
            Approval(
                row.document_id, row.approved, row.decided_by, from_text(row.decided_at),
                **self._cipher.open(("approvals", "sealed", row.id), row.sealed),
            )
            for row in self._connection.execute(query)
        ]  # fmt: skip

    def add_delivery(
        self, document_id: str, method: DeliveryMethod, sent_on: date, received_on: date | None,
        note: str, recorded_by: str, at: datetime,
    ) -> Delivery:  # fmt: skip
        """Note an attempt to hand a document over."""
        one = Delivery(new_id(), document_id, method, sent_on, received_on, note, recorded_by, at)
        self._connection.execute(
            insert(deliveries).values(
                id=one.id,
                document_id=document_id,
                method=method.value,
                sent_on=sent_on,
                received_on=received_on,
                recorded_by=recorded_by,
                recorded_at=to_text(at),
                sealed=self._cipher.seal(("deliveries", "sealed", one.id), {"note": note}),
            )
        )
        return one

    def end_delivery(self, delivery_id: str, method: DeliveryMethod, received_on: date | None, note: str) -> None:
        """How an attempt that was open has ended."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id)
            .values(
                method=method.value,
                received_on=received_on,
                sealed=self._cipher.seal(("deliveries", "sealed", delivery_id), {"note": note}),
            )
        )

    def deliveries_of(self, case_id: str) -> list[Delivery]:
        """The attempts for all documents of a case, the oldest first."""
        query = (
            select(deliveries)
            .join(documents, documents.c.id == deliveries.c.document_id)
            .where(documents.c.case_id == case_id)
            .order_by(deliveries.c.recorded_at)
        )
        return [
            Delivery(
                row.id, row.document_id, DeliveryMethod(row.method), row.sent_on, row.received_on,
                str(self._cipher.open(("deliveries", "sealed", row.id), row.sealed)["note"]),
                row.recorded_by, from_text(row.recorded_at),
            )
            for row in self._connection.execute(query)
        ]  # fmt: skip


def _document(row: Row[Any]) -> Document:
    return Document(
        row.id, row.case_id, DocumentKind(row.kind), row.event, row.version, row.made_by, from_text(row.made_at),
        row.number, row.approved_by, from_text(row.approved_at) if row.approved_at else None, row.sha256,
    )  # fmt: skip


def _to_json(paper: Paper) -> dict[str, Any]:
    return {**asdict(paper), "kind": paper.kind.value, "day": paper.day.isoformat() if paper.day else None}


def _from_json(values: dict[str, Any]) -> Paper:
    return Paper(
        **{
            **values,
            "kind": DocumentKind(values["kind"]),
            "sections": tuple(Section(**one) for one in values["sections"]),
            "rights": tuple(values["rights"]),
            "signers": tuple(values["signers"]),
            "day": date.fromisoformat(values["day"]) if values["day"] else None,
        }
    )
