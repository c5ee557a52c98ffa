"""Models of the staff API's lists of cases."""

from __future__ import annotations

from pydantic import BaseModel

from kiosk_api.domain.workflow import Status
from kiosk_api.web.api.answers import Accusation


class CaseLine(BaseModel):
    """A line of a list; nothing in it identifies the petitioner. `matter` is how the request begins, empty where a list
    may not show it; `person` is who has it in its unit."""

    case_number: str
    status: Status
    status_label: str
    window_label: str
    domain_label: str
    kind_label: str
    channel_label: str
    accusation: Accusation
    registered_at: str
    next_deadline: str | None
    urged: int
    emergency: bool
    responsible_unit: str | None
    unreadable: bool
    matter: str
    person: str


class CaseList(BaseModel):
    """Counting ends at 1000: a list with that count holds as many or more. `cut`: more cases follow than can be
    turned to; narrow the list or search."""

    items: list[CaseLine]
    page: int
    has_next: bool
    counts: dict[str, int]
    cut: bool


class CasesFound(BaseModel):
    """The latest cases registered with one number."""

    items: list[CaseLine]
