"""Which documents a case has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kiosk_api.domain.documents import FORMS, Delivery, Document, DocumentKind
from kiosk_api.domain.workflow import Action
from kiosk_api.domain.workflow_review import FAILED
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord


@dataclass(frozen=True)
class DocumentShown:
    """An approved document; `event` is the place in the case's history of the decision that it tells."""

    id: str
    event: int
    kind: DocumentKind
    title: str
    number: str
    day: date


def documents_of(records: Records, case: CaseRecord) -> list[DocumentShown]:
    """The approved documents of a case, in the order of their decisions: what its petitioner may have."""
    return [
        DocumentShown(one.id, one.event, one.kind, FORMS[one.kind].title, one.number, one.approved_at.date())
        for one in records.documents.of_case(case.id)
        if one.number and one.approved_at
    ]


def deliveries_of(records: Records, case: CaseRecord, document: Document) -> list[Delivery]:
    """The attempts to hand a document over. One that was on its way has ended when the history says that the
    document was received: the petitioner may confirm it online."""
    received = [
        date.fromisoformat(event.data["received_on"])
        for event in case.events[document.event :]
        if event.action is Action.DELIVER
        and event.data["document"] == document.kind.value
        and event.data["method"] != FAILED
    ]
    return [
        replace(one, received_on=received[0]) if received and one.is_open else one
        for one in records.documents.deliveries_of(case.id)
        if one.document_id == document.id
    ]


def latest(documents: list[Document]) -> list[Document]:
    """The latest version of each document."""
    return list({(one.event, one.kind): one for one in documents}.values())
