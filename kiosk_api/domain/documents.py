"""Written documents that a case owes its petitioner: their kinds, numbers and what stands on each.

The Regulations ask for writing in Art. 23 (notice), 32 (opinion), 33 (agreement), 34 (extension told) and 35
(review). How a document is numbered, who approves it and what counts as refused are the office's
own rules: see handbook/developers/decisions/0020-documents.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk_api.domain.history import WRITTEN_IN, has_review_right
from kiosk_api.domain.workflow_rows import RETURNED
from kiosk_api.domain.workflow_types import Action, Event, Role

NUMBER_TO_COME = "（批准后编号）"
NO_GLYPH = "〓"
"""Printed in place of a character that the font lacks, to be written in by hand."""


class DocumentKind(StrEnum):
    """A kind of written document."""

    FORWARDING = "forwarding"
    ACCEPTANCE = "acceptance"
    NON_ACCEPTANCE = "non_acceptance"
    EXTENSION = "extension"
    OPINION = "opinion"
    REPLY = "reply"
    SETTLEMENT = "settlement"
    REVIEW = "review"
    REEXAMINATION = "reexamination"


@dataclass(frozen=True)
class Form:
    """What all documents of a kind share: title, and the word in their numbers."""

    kind: DocumentKind
    title: str
    word: str


FORMS: dict[DocumentKind, Form] = {
    form.kind: form
    for form in (
        Form(DocumentKind.FORWARDING, "信访事项转送告知书", "转"),
        Form(DocumentKind.ACCEPTANCE, "信访事项受理告知书", "受"),
        Form(DocumentKind.NON_ACCEPTANCE, "信访事项不予受理告知书", "不受"),
        Form(DocumentKind.EXTENSION, "信访事项延期办理告知书", "延"),
        Form(DocumentKind.OPINION, "信访事项处理意见书", "处"),
        Form(DocumentKind.REPLY, "信访事项答复书", "答"),
        Form(DocumentKind.SETTLEMENT, "调解、和解协议书", "调"),
        Form(DocumentKind.REVIEW, "信访事项复查意见书", "复查"),
        Form(DocumentKind.REEXAMINATION, "信访事项复核意见书", "复核"),
    )
}


class DeliveryMethod(StrEnum):
    """How a document reached the petitioner, or did not."""

    ON_THE_SPOT = "on_the_spot"
    POST = "post"
    ONLINE = "online"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Section:
    """A numbered part of a document."""

    heading: str
    text: str


@dataclass(frozen=True)
class Paper:
    """The text of a document. `number` and `day` are empty until it is approved.

    `rights` says what the petitioner can do now, where and until when; `body` is who reviews or re-examines.
    `signers` are the lines of an agreement that people sign; other documents carry the issuer's seal.
    """

    kind: DocumentKind
    title: str
    issued_by: str
    addressee: str
    case_number: str
    opening: str
    sections: tuple[Section, ...]
    rights: tuple[str, ...]
    signers: tuple[str, ...] = ()
    body: str = ""
    number: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Document:
    """A version of a document; `event` is the place in the case's history of the decision it tells."""

    id: str
    case_id: str
    kind: DocumentKind
    event: int
    version: int
    made_by: str
    made_at: datetime
    number: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    sha256: str | None = None

    @property
    def is_approved(self) -> bool:
        """Only then may it leave the house; it never changes again."""
        return self.approved_at is not None


@dataclass(frozen=True)
class Approval:
    """A leader's decision on a version: approved, or returned with the reason; `name` is the leader's."""

    document_id: str
    approved: bool
    decided_by: str
    decided_at: datetime
    name: str
    reason: str = ""


@dataclass(frozen=True)
class Delivery:
    """One attempt to hand a document over; `received_on` is None while nobody knows, and after a failure."""

    id: str
    document_id: str
    method: DeliveryMethod
    sent_on: date
    received_on: date | None
    note: str
    recorded_by: str
    recorded_at: datetime

    @property
    def is_open(self) -> bool:
        """On its way: nobody has said yet whether it arrived."""
        return self.received_on is None and self.method in (DeliveryMethod.POST, DeliveryMethod.ONLINE)


def number_of(prefix: str, kind: DocumentKind, year: int, serial: int) -> str:
    """The number as printed, e.g. 青信访处字〔2026〕第12号."""
    return f"{prefix}{FORMS[kind].word}字〔{year}〕第{serial}号"


@dataclass(frozen=True)
class DeliverySheet:
    """送达回证: how and when a document was handed over, with empty lines for what is still to be written in."""

    title: str
    issued_by: str
    case_number: str
    rows: tuple[tuple[str, str], ...]
    note: str


KIND_OF: dict[Action, DocumentKind] = {action: DocumentKind(written) for action, written in WRITTEN_IN.items()}
"""Which decision is told by which kind of document."""


def needs_body(events: Sequence[Event], place: int) -> bool:
    """Whether the document of this event names the body to turn to next (Art. 35, 36)."""
    event = events[place]
    if event.action is Action.CONCLUDE:
        return has_review_right(events[:place])
    return event.action is Action.DECIDE_REVIEW and event.data.get("decision") != RETURNED


# Whose document it is follows from who decided: an officer of the petition office, of the unit or of the
# reviewing body. The head of an office or a unit approves its documents; a reviewing body has no role of its
# own for its head, so another of its officers does.
_OFFICE = frozenset({Role.PETITION_OFFICE, Role.SUPERVISOR})
_UNIT = frozenset({Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER})
_REVIEWER = frozenset({Role.REVIEW_UNIT})
_APPROVER = {_OFFICE: Role.SUPERVISOR, _UNIT: Role.UNIT_LEADER, _REVIEWER: Role.REVIEW_UNIT}


def side_of(role: Role) -> frozenset[Role]:
    """The roles of the office, unit or reviewing body that this role belongs to; empty for a petitioner."""
    return next((side for side in _APPROVER if role in side), frozenset())


def may_make(event: Event, role: Role) -> bool:
    """Whether this role prepares the document of an event: those on the side of who decided."""
    return event.action in KIND_OF and role in side_of(event.role)


def approver(event: Event) -> Role | None:
    """The role that approves the document of an event."""
    return _APPROVER.get(side_of(event.role))
