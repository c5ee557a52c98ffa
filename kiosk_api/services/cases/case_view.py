"""How a case looks to the citizen: status, timeline, clocks, and what may be done next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import RIGHTS, Deadline, deadlines
from kiosk_api.domain.labels_zh import OUTCOME_LABELS, STATUS_LABELS
from kiosk_api.domain.policy import MOST_PICTURES
from kiosk_api.domain.statute import cite
from kiosk_api.domain.workflow import RULE_OF, Action, Allowed, CaseState, Event, Role, allowed
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.records import CaseRecord
from kiosk_api.services.cases.find_case import guessed_at

_CAN = {
    "urge": Action.URGE,
    "rate": Action.RATE,
    "request_review": Action.REQUEST_REVIEW,
    "request_reexamination": Action.REQUEST_REEXAMINATION,
    "withdraw": Action.WITHDRAW,
    "add_material": Action.ADD_MATERIAL,
}
_OPINION_PARTS = ("request", "facts_and_reasons", "finding", "legal_basis")


def state_of(case: CaseRecord) -> CaseState:
    """What the workflow rules need to know of a case."""
    return CaseState(
        status=case.status,
        kind=case.kind,
        responsible_unit=case.responsible_unit,
        events=tuple(case.events),
        about_unit=case.petition.about_unit,
        confidential=case.confidential,
    )


def deadline_list(ctx: Context, case: CaseRecord, calendar: WorkCalendar) -> list[dict[str, Any]]:
    """The clocks of a case as the contract shows them."""
    return [_deadline(one) for one in deadlines(case.events, calendar, ctx.clock.now())]


def next_due(case: CaseRecord, calendar: WorkCalendar, now: datetime) -> date | None:
    """The nearest date by which somebody in office must act."""
    open_clocks = [
        one.due_on
        for one in deadlines(case.events, calendar, now)
        if one.key not in RIGHTS and one.state in ("running", "overdue")
    ]
    return min(open_clocks, default=None)


def citizen_view(ctx: Context, records: Records, case: CaseRecord) -> dict[str, Any]:
    """The answer to `POST /cases/lookup`; holds nothing that identifies the petitioner.

    `pictures` counts the photos of papers; `pictures_left` is how many more the case can hold.
    """
    now, calendar = ctx.clock.now(), records.calendar()
    pictures = len(records.attachments.of_case(case.id))
    options = {one.rule.action: one for one in allowed(state_of(case), Role.PETITIONER, now, calendar)}
    return {
        "case_number": case.case_number,
        "status": case.status.value,
        "status_label": STATUS_LABELS[case.status.value],
        "registered_at": case.registered_at.isoformat(),
        "window": case.window,
        "responsible_unit": case.responsible_unit,
        "timeline": [_public_item(event) for event in case.events if RULE_OF[event.action].is_public],
        "deadlines": deadline_list(ctx, case, calendar),
        "opinion": opinion_of(case.events),
        "pictures": pictures,
        "pictures_left": max(MOST_PICTURES - pictures, 0),
        "guessed_at": guessed_at(ctx, records, case.case_number),
        "can": {name: _permit(options[action], pictures) for name, action in _CAN.items()},
    }


def _permit(one: Allowed, pictures: int) -> dict[str, Any]:
    """Whether a step is open now, and if not, why; a full case takes no more pictures."""
    reason = one.reason
    if one.rule.action is Action.ADD_MATERIAL and one.allowed and pictures >= MOST_PICTURES:
        reason = f"这件事已经有{pictures}张照片，放不下了。其余的材料请带到窗口交。"
    return {
        "allowed": one.allowed and not reason,
        "reason": reason,
        "until": str(one.until) if one.until else None,
    }


def _public_item(event: Event) -> dict[str, Any]:
    """A line of the history for the citizen; `pictures` is how many came with this event."""
    count = event.data.get("count", "") if event.action is Action.ADD_MATERIAL else ""
    return {**timeline_item(event), **({"pictures": int(count)} if count else {})}


def timeline_item(event: Event) -> dict[str, Any]:
    """One line of the history."""
    rule = RULE_OF[event.action]
    return {
        "at": event.at.isoformat(),
        "event": event.action.value,
        "label": rule.label,
        "article": rule.article,
        "article_label": cite(rule.article) if rule.article else "",
    }


def opinion_of(events: list[Event]) -> dict[str, Any] | None:
    """The latest written opinion with its four parts (Art. 32)."""
    for event in reversed(events):
        if event.action is Action.CONCLUDE:
            parts = {name: event.data.get(name, "") for name in _OPINION_PARTS}
            outcome = event.data.get("outcome", "")
            return {
                "outcome": outcome,
                "outcome_label": OUTCOME_LABELS.get(outcome, outcome),
                **parts,
                "concluded_at": event.at.isoformat(),
            }
    return None


def _deadline(one: Deadline) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "article": one.article,
        "article_label": cite(one.article),
        "starts_on": one.starts_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "state": one.state,
        "provisional": one.provisional,
    }
