"""The ports for written documents: the store's, and the one that draws them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from kiosk_api.domain.documents import (
    Approval,
    Delivery,
    DeliveryMethod,
    DeliverySheet,
    Document,
    DocumentKind,
    Paper,
)


class Documents(Protocol):
    """Versions of documents with their numbers, files, approvals and deliveries."""

    def add(
        self, case_id: str, kind: DocumentKind, event: int, paper: Paper, made_by: str, at: datetime
    ) -> Document: ...

    def of_case(self, case_id: str) -> list[Document]: ...

    def paper(self, document_id: str) -> Paper: ...

    def file(self, document_id: str) -> bytes: ...

    def last_number(self, kind: DocumentKind, year: int) -> int: ...

    def take_number(self, kind: DocumentKind, year: int) -> int:
        """The next serial number, given back when the transaction fails: none is left out, none given twice."""
        ...

    def approve(self, one: Document, year: int, serial: int, paper: Paper, file: bytes) -> None: ...

    def add_approval(self, given: Approval) -> None: ...

    def approvals_of(self, case_id: str) -> list[Approval]: ...

    def add_delivery(
        self, document_id: str, method: DeliveryMethod, sent_on: date, received_on: date | None,
        note: str, recorded_by: str, at: datetime,
    ) -> Delivery: ...  # fmt: skip

    def end_delivery(self, delivery_id: str, method: DeliveryMethod, received_on: date | None, note: str) -> None: ...

    def deliveries_of(self, case_id: str) -> list[Delivery]: ...


class DocumentWriter(Protocol):
    """Draws documents as PDF on A4. The same paper gives the same bytes."""

    def write(self, paper: Paper, *, draft: bool = False) -> bytes: ...

    def write_sheet(self, sheet: DeliverySheet) -> bytes: ...
