"""Models of the staff API's requests and answers about written documents."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from kiosk_api.domain.documents import DeliveryMethod, DocumentKind
from kiosk_api.web.api.desk_schemas import CaseNumber, CasePath
from kiosk_api.web.checked import Sent


class DocumentPath(CasePath):
    document_id: CaseNumber


class MakeBody(Sent):
    """`POST …/documents`: the place of the decision in the timeline, and whom to turn to where that is told."""

    event: Annotated[int, Field(ge=0, le=100_000)]
    body: str = ""


class DecideBody(Sent):
    """`POST …/decision`; returning needs a reason."""

    decision: Literal["approve", "return"]
    reason: str = ""


class DeliverBody(Sent):
    """`POST …/deliveries`; `delivery` is a sending that ends. The service checks every field."""

    method: str = ""
    sent_on: str = ""
    received_on: str = ""
    note: str = ""
    delivery: str = ""


class Delivery(BaseModel):
    """An attempt to hand a document over; `is_open` while nobody has said whether it arrived."""

    id: str
    method: DeliveryMethod
    method_label: str
    sent_on: str
    received_on: str | None
    note: str
    is_open: bool


class DocumentOnDesk(BaseModel):
    """The latest version of a document; `number` and approver are empty until it is approved."""

    id: str
    event: int
    kind: DocumentKind
    title: str
    version: int
    state: Literal["waiting", "returned", "approved"]
    state_label: str
    number: str | None
    made_at: str
    approved_by: str
    approved_at: str | None
    returned: str
    deliveries: list[Delivery]
    may_decide: bool
    may_deliver: bool


class DocumentToMake(BaseModel):
    """A decision that can be told in writing; with `body` the body to turn to must be named, which is `above`
    (the unit above who decided) where nothing else is sent."""

    event: int
    kind: DocumentKind
    title: str
    decided_at: str
    body: bool
    above: str


class CaseDocuments(BaseModel):
    items: list[DocumentOnDesk]
    to_make: list[DocumentToMake]
