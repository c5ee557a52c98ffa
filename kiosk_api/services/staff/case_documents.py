"""Written documents of a case on the desk: what there is, what can be made, and making it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk_api.domain.documents import (
    FORMS,
    KIND_OF,
    Approval,
    Delivery,
    DeliveryMethod,
    Document,
    DocumentKind,
    approver,
    may_make,
    needs_body,
)
from kiosk_api.domain.errors import DomainError, FieldError
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.persons import must_not
from kiosk_api.domain.typed import clean, says_something
from kiosk_api.domain.workflow import Action, Role
from kiosk_api.domain.workflow_review import METHODS
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord, Officer
from kiosk_api.services.cases.case_view import state_of
from kiosk_api.services.documents.compose import body_above, paper_of
from kiosk_api.services.documents.listing import deliveries_of, latest
from kiosk_api.services.staff.in_hand import hand_of, require_hand
from kiosk_api.services.staff.reading_log import note_reading, require_reason
from kiosk_api.services.staff.sight import visible_case

STATES = {"waiting": "等待批准", "returned": "已退回，要重做", "approved": "已批准"}
_BODY_LABEL = "不服向哪个机关请求复查、复核"
_OFFICE = frozenset({Role.PETITION_OFFICE, Role.SUPERVISOR})


@dataclass(frozen=True)
class DeliveryShown:
    """An attempt to hand a document over."""

    id: str
    method: DeliveryMethod
    method_label: str
    sent_on: date
    received_on: date | None
    note: str
    is_open: bool


@dataclass(frozen=True)
class DocumentOnDesk:
    """The latest version of a document, and what this officer may do with it; `returned` is a leader's reason."""

    id: str
    event: int
    kind: DocumentKind
    title: str
    version: int
    state: str
    state_label: str
    number: str | None
    made_at: datetime
    approved_by: str
    approved_at: datetime | None
    returned: str
    deliveries: list[DeliveryShown]
    may_decide: bool
    may_deliver: bool


@dataclass(frozen=True)
class DocumentToMake:
    """A decision that this officer may tell in writing; `body` says whether the body to turn to must be named,
    `above` is the unit above who decided, taken where nothing else is typed."""

    event: int
    kind: DocumentKind
    title: str
    decided_at: datetime
    body: bool
    above: str


@dataclass(frozen=True)
class CaseDocuments:
    """The documents of a case as one officer sees them."""

    items: list[DocumentOnDesk]
    to_make: list[DocumentToMake]


def documents_view(ctx: Context, officer: Officer, number: str) -> CaseDocuments:
    """What there is and what can be done. Raises DomainError `case_not_found`."""
    with ctx.store.read() as records:
        return view_of(ctx, records, officer, visible_case(records, officer, number))


def read_documents(ctx: Context, officer: Officer, number: str) -> CaseDocuments:
    """The same, asked for alone: it names who took a document, so it is a reading. Raises DomainError as above."""
    with ctx.store.read() as records:
        case = visible_case(records, officer, number)
        found = view_of(ctx, records, officer, case)
    note_reading(ctx, officer, case.id, "document")
    return found


def view_of(ctx: Context, records: Records, officer: Officer, case: CaseRecord) -> CaseDocuments:
    """The same inside a transaction."""
    require_reason(ctx, records, officer, case.id)
    made = latest(records.documents.of_case(case.id))
    decided = {one.document_id: one for one in records.documents.approvals_of(case.id)}
    final = {one.event for one in made if one.is_approved}
    reads = bool(hand_of(ctx, records, officer, case).why_not(Action.DELIVER))
    return CaseDocuments(
        [_on_desk(officer, case, one, decided.get(one.id), deliveries_of(records, case, one), reads) for one in made],
        [
            DocumentToMake(
                place, kind, FORMS[kind].title, event.at, body, body_above(records, case, place) if body else ""
            )
            for place, event in enumerate(case.events)
            if not reads and place not in final and may_make(event, officer.role)
            for kind, body in ((KIND_OF[event.action], needs_body(case.events, place)),)
        ],
    )


def make(ctx: Context, officer: Officer, number: str, place: int, body: str) -> CaseDocuments:
    """The next version of the document that tells the event at `place`.

    Raises DomainError `unknown_document`, `document_final` once one was approved, `forbidden`, and
    `incomplete` where the body to turn to is missing.
    """
    named = clean(body).strip()
    with ctx.store.write() as records:
        case = visible_case(records, officer, number)
        if not 0 <= place < len(case.events) or case.events[place].action not in KIND_OF:
            raise DomainError("unknown_document", "这一步没有要出的文书，请重新打开这件信访再看。")
        event = case.events[place]
        if not may_make(event, officer.role):
            raise DomainError("forbidden", "这份文书由作出决定的单位来做。")
        stay_aside(ctx, records, case, officer)
        if any(one.event == place and one.is_approved for one in records.documents.of_case(case.id)):
            raise DomainError("document_final", "这份文书已经批准编号，不能再改。")
        if needs_body(case.events, place):
            named = named or body_above(records, case, place)
            _check_body(named)
        paper = paper_of(ctx, records, case, place, named, officer.unit_name or "")
        records.documents.add(case.id, KIND_OF[event.action], place, paper, officer.id, ctx.clock.now())
        return view_of(ctx, records, officer, case)


def document_file(ctx: Context, officer: Officer, number: str, document_id: str) -> bytes:
    """The PDF: as it was approved, or a draft marked as such."""
    with ctx.store.read() as records:
        case, one = find(records, officer, number, document_id)
        made, paper = (
            (records.documents.file(one.id), None) if one.is_approved else (b"", records.documents.paper(one.id))
        )
    note_reading(ctx, officer, case.id, "document")
    return made if paper is None else ctx.document_writer.write(paper, draft=True)


def find(records: Records, officer: Officer, number: str, document_id: str) -> tuple[CaseRecord, Document]:
    """A document of a case that this officer may see. Raises DomainError `document_not_found`."""
    case = visible_case(records, officer, number)
    for one in records.documents.of_case(case.id):
        if one.id == document_id:
            return case, one
    raise DomainError("document_not_found", "没有这份文书，请重新打开这件信访再看。")


def stay_aside(ctx: Context, records: Records, case: CaseRecord, officer: Officer) -> None:
    """Who has an interest in the matter makes, approves and delivers nothing (Art. 28), nor does a unit above, nor a
    colleague of who has the case."""
    require_hand(ctx, records, officer, case, Action.DELIVER)
    if reason := must_not(Action.DELIVER, state_of(case), officer.id, officer.unit or ""):
        raise DomainError("forbidden", reason)


def may_deliver(case: CaseRecord, one: Document, role: Role) -> bool:
    """Its own side, or the petition office."""
    return role in _OFFICE or (role is not Role.UNIT_LEADER and may_make(case.events[one.event], role))


def _check_body(named: str) -> None:
    if not says_something(named):
        detail = f"请填写“{_BODY_LABEL}”：原办理机关的上一级机关、单位。"
        raise DomainError("incomplete", detail, [FieldError("body", "required", detail)])
    if len(named) > TEXT_MAX:
        detail = f"“{_BODY_LABEL}”太长了，只写机关的名称。"
        raise DomainError("incomplete", detail, [FieldError("body", "invalid", detail)])


def _on_desk(
    officer: Officer, case: CaseRecord, one: Document, decided: Approval | None, sent: list[Delivery], reads: bool
) -> DocumentOnDesk:
    state = "approved" if one.is_approved else "returned" if decided else "waiting"
    return DocumentOnDesk(
        id=one.id,
        event=one.event,
        kind=one.kind,
        title=FORMS[one.kind].title,
        version=one.version,
        state=state,
        state_label=STATES[state],
        number=one.number,
        made_at=one.made_at,
        approved_by=decided.name if decided and decided.approved else "",
        approved_at=one.approved_at,
        returned=decided.reason if decided and not decided.approved else "",
        deliveries=[_delivery(delivery) for delivery in sent],
        may_decide=state == "waiting"
        and not reads
        and officer.role is approver(case.events[one.event])
        and officer.id != one.made_by,
        may_deliver=one.is_approved and not reads and may_deliver(case, one, officer.role),
    )


def _delivery(one: Delivery) -> DeliveryShown:
    label = dict(METHODS)[one.method.value]
    return DeliveryShown(one.id, one.method, label, one.sent_on, one.received_on, one.note, one.is_open)
