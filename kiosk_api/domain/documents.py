"""Written documents that a case owes its petitioner: their kinds, numbers and what stands on each.

The Regulations ask for writing in Art. 23 (notice), 32 (opinion), 33 (agreement), 34 (extension told) and 35
(review). How a document is numbered, who approves it and what counts as refused are the office's
own rules: see handbook/developers/decisions/0020-documents.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


class Issuer(StrEnum):
    """Whose document it is."""

    OFFICE = "office"
    UNIT = "unit"
    REVIEWER = "reviewer"


@dataclass(frozen=True)
class Form:
    """What all documents of a kind share: title, the word in their numbers, article, and who issues them."""

    kind: DocumentKind
    title: str
    word: str
    article: str
    issuer: Issuer


FORMS: dict[DocumentKind, Form] = {
    form.kind: form
    for form in (
        Form(DocumentKind.FORWARDING, "信访事项转送告知书", "转", "22", Issuer.OFFICE),
        Form(DocumentKind.ACCEPTANCE, "信访事项受理告知书", "受", "23", Issuer.UNIT),
        Form(DocumentKind.NON_ACCEPTANCE, "信访事项不予受理告知书", "不受", "23", Issuer.UNIT),
        Form(DocumentKind.EXTENSION, "信访事项延期办理告知书", "延", "34", Issuer.UNIT),
        Form(DocumentKind.OPINION, "信访事项处理意见书", "处", "32", Issuer.UNIT),
        Form(DocumentKind.REPLY, "建议意见答复书", "答", "29", Issuer.UNIT),
        Form(DocumentKind.SETTLEMENT, "调解、和解协议书", "调", "33", Issuer.UNIT),
        Form(DocumentKind.REVIEW, "信访事项复查意见书", "复查", "35", Issuer.REVIEWER),
        Form(DocumentKind.REEXAMINATION, "信访事项复核意见书", "复核", "36", Issuer.REVIEWER),
    )
}


class DeliveryMethod(StrEnum):
    """How a document reached the petitioner, or did not."""

    ON_THE_SPOT = "on_the_spot"
    POST = "post"
    ONLINE = "online"
    REFUSED = "refused"
    FAILED = "failed"


METHOD_LABELS: dict[DeliveryMethod, str] = {
    DeliveryMethod.ON_THE_SPOT: "当面交给",
    DeliveryMethod.POST: "邮寄",
    DeliveryMethod.ONLINE: "网上查看",
    DeliveryMethod.REFUSED: "拒收",
    DeliveryMethod.FAILED: "没有送到",
}


@dataclass(frozen=True)
class Section:
    """A numbered part of a document."""

    heading: str
    text: str


@dataclass(frozen=True)
class Paper:
    """The text of a document. `number` and `day` are empty until it is approved.

    `rights` says what the petitioner can do now, where and until when. `signers` are the lines of an
    agreement that people sign; other documents carry the issuer's seal.
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
    """A leader's decision on a version: approved, or returned with the reason."""

    document_id: str
    approved: bool
    decided_by: str
    decided_at: datetime
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
