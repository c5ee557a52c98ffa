"""Models of the staff API's requests and answers about call backs and calls from the hall."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from kiosk_api.domain.callbacks import State, Step
from kiosk_api.domain.limits import CODE_MAX
from kiosk_api.web.checked import Sent

Id = Annotated[str, Field(min_length=1, max_length=CODE_MAX)]


class CallbackPath(Sent):
    callback_id: Id


class HallCallPath(Sent):
    call_id: Id


class CallbackStepBody(Sent):
    """`POST /callbacks/{id}/steps`; the service checks both, with a sentence for people."""

    step: Annotated[str, Field(min_length=1)]
    note: str = ""


class CallbackLine(BaseModel):
    """A line of the list; nothing in it identifies the citizen."""

    id: str
    state: State
    state_label: str
    tries: int
    is_closed: bool
    requested_at: str
    due_by: str
    is_overdue: bool
    best_time: str
    unreadable: bool


class CallbackList(BaseModel):
    items: list[CallbackLine]
    page: int
    has_next: bool


class CallbackDone(BaseModel):
    """One step; `officer` and `note` are empty for the citizen's own."""

    at: str
    event: Step
    label: str
    officer: str
    note: str


class CallbackInFull(BaseModel):
    """One request with the number to ring; `steps` are open to an officer now."""

    id: str
    code: str
    phone: str
    best_time: str
    about: str
    state: State
    state_label: str
    tries: int
    is_closed: bool
    requested_at: str
    due_by: str
    is_overdue: bool
    steps: list[Step]
    events: list[CallbackDone]


class HallCallLine(BaseModel):
    """`place` is the terminal's name, empty where none is configured."""

    call: str
    place: str
    called_at: str


class HallCallList(BaseModel):
    items: list[HallCallLine]
