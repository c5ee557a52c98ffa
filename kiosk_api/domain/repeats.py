"""The same matter again: how like two accounts are, and what the Regulations allow once an officer has found them one.

Art. 19(3): what has been accepted or is being handled below is not accepted again above. Art. 36(3): what was decided
on re-examination is not accepted again on the same facts and reasons. Nothing else is a ground to refuse.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kiosk_api.domain.workflow_intake import BEING_HANDLED, CLOSED_FOR_GOOD
from kiosk_api.domain.workflow_rows import RETURNED
from kiosk_api.domain.workflow_types import Action, Event, Status

_HANDLED = frozenset({Status.ACCEPTED, Status.UNDER_REVIEW, Status.REHANDLING, Status.UNDER_REEXAMINATION})
_NOT_YET = frozenset({Status.REGISTERED, Status.REPORTED, Status.FORWARDED, Status.ASSIGNED, Status.OBJECTED})
_ASK_NEXT = frozenset({Status.CONCLUDED, Status.REVIEWED})


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's pairs of signs that the other holds too, from 0 to 1."""
    left, right = _pairs(one), _pairs(other)
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def ground(status: Status, events: Sequence[Event]) -> str:
    """Why a repeat of a case that stands like this need not be accepted; "" where nothing allows it."""
    if status in _HANDLED:
        return BEING_HANDLED
    decided = [event for event in events if event.action is Action.DECIDE_REEXAMINATION]
    over = status in (Status.REEXAMINED, Status.CLOSED) and decided and decided[-1].data.get("decision") != RETURNED
    return CLOSED_FOR_GOOD if over else ""


def advice(status: Status, events: Sequence[Event]) -> str:
    """What to do with a repeat of a case that stands like this, for the officer."""
    match ground(status, events):
        case "being_handled":
            return "先前那件已经受理、正在办理：可以不再受理，并告诉信访人先前那件办到哪一步（第十九条）。"
        case "closed_for_good":
            return "先前那件已经复核终结：同一事实和理由的，可以不再受理（第三十六条）；有新的事实和理由，照常办理。"
    if status in _NOT_YET:
        return "先前那件还没有受理，不能据此不收：这件照常办理，转送时请告诉承办单位是同一件事。"
    if status in _ASK_NEXT:
        return "先前那件已有书面意见：请告诉信访人可以申请复查、复核，不要据此不收。"
    return "先前那件没有在办，不能据此不收：这件照常办理。"


def _pairs(text: str) -> set[str]:
    signs = [sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum()]
    return {one + other for one, other in zip(signs, signs[1:], strict=False)}
