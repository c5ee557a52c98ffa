"""Which documents a case has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk_api.domain.documents import FORMS, Delivery, Document
from kiosk_api.domain.workflow import Action
from kiosk_api.domain.workflow_review import FAILED
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.base.shown import DocumentShown


def documents_of(records: Records, case: CaseRecord) -> dict[int, DocumentShown]:
    """The approved documents of a case, which its petitioner may have, by the place of the decision in its history."""
    return {
        one.event: DocumentShown(one.id, FORMS[one.kind].title, one.number, one.approved_at.date())
        for one in records.documents.of_case(case.id)
        if one.number and one.approved_at
    }


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
