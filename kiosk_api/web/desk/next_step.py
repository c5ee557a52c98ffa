"""What a case's page says first: what is to be done now, by when, and the actions that do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk_api.domain.clocks import RIGHTS
from kiosk_api.domain.workflow import Action
from kiosk_api.services.staff.staff_cases import ActionShown, StaffView
from kiosk_api.web.desk.presenting import Clock, clock_of

IN_PLACE = frozenset({Action.DECIDE_ACCUSATION, Action.DECIDE_REPEAT, Action.DECLINE_REPEAT})
"""These have their form where the page says what they are about."""
BESIDE = frozenset({
    Action.SUPERVISE, Action.ADVISE, Action.REPORT_URGENT, Action.NOTIFY_ORGANISATION, Action.STEP_ASIDE,
    Action.CORRECT_ROUTE, Action.CLEAR_ACCUSED, Action.CONTACT, Action.NOTE, Action.MEDIATE, Action.SETTLE,
})  # fmt: skip
"""What is done beside the way of a case: folded together below what moves it."""

USUAL = (
    Action.NAME_ACCUSED, Action.FORWARD, Action.ACCEPT, Action.DECIDE_REVIEW, Action.DECIDE_REEXAMINATION, Action.CONCLUDE,
    Action.ANSWER_SUGGESTION, Action.EXTEND, Action.ANSWER_SUPERVISION, Action.CLOSING_REPORT,
    Action.UPHOLD_OBJECTION, Action.DECIDE_COMPETENCE, Action.REPORT_OUTCOME,
)  # fmt: skip
"""What is mostly done next, in this order; whatever else moves the case follows as the table has it."""


@dataclass(frozen=True)
class Now:
    """`clock` is the nearest date by which somebody in office must act; `is_mine`: the next step is mostly this officer's;
    `first` moves the case, `beside` does not, and `refused` is not open now."""

    clock: Clock | None
    is_mine: bool
    first: list[ActionShown]
    beside: list[ActionShown]
    refused: list[ActionShown]


def now_of(view: StaffView, today: date) -> Now:
    """The head of the page."""
    owed = [one for one in view.deadlines if one.state in ("running", "overdue") and one.key not in RIGHTS]
    nearest = min(owed, key=lambda one: one.due_on, default=None)
    listed = [one for one in view.actions if one.action not in IN_PLACE]
    can = [one for one in listed if one.allowed]
    first = sorted((one for one in can if not _is_beside(view, one)), key=lambda one: _place(view, one))
    return Now(
        clock=clock_of(nearest, today) if nearest else None,
        is_mine=bool(first) and _place(view, first[0]) < len(USUAL),
        first=first,
        beside=[one for one in can if _is_beside(view, one)],
        refused=[one for one in listed if not one.allowed],
    )


def _place(view: StaffView, one: ActionShown) -> int:
    if one.action is Action.TRANSFER and view.kind == "accusation":  # Art. 22: to discipline inspection
        return USUAL.index(Action.FORWARD)
    return USUAL.index(one.action) if one.action in USUAL else len(USUAL)


def _is_beside(view: StaffView, one: ActionShown) -> bool:
    if one.action is Action.NAME_ACCUSED:  # an accusation is not sent on before it is known against whom
        return view.kind != "accusation" or bool(view.accused and view.accused.named)
    return one.action in BESIDE
