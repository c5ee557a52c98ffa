"""How a case looks to the citizen: status, timeline, clocks, and what may be done next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import RIGHTS, Deadline, deadlines
from kiosk_api.domain.labels_zh import OUTCOME_LABELS, STATUS_LABELS
from kiosk_api.domain.statute import cite
from kiosk_api.domain.workflow import RULE_OF, Action, CaseState, Event, Role, allowed
from kiosk_api.services.context import Context
from kiosk_api.services.records import CaseRecord

_CAN = {
    "urge": Action.URGE,
    "rate": Action.RATE,
    "request_review": Action.REQUEST_REVIEW,
    "request_reexamination": Action.REQUEST_REEXAMINATION,
    "withdraw": Action.WITHDRAW,
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


def citizen_view(ctx: Context, case: CaseRecord, calendar: WorkCalendar) -> dict[str, Any]:
    """The answer to `POST /cases/lookup`; holds nothing that identifies the petitioner."""
    now = ctx.clock.now()
    options = {one.rule.action: one for one in allowed(state_of(case), Role.PETITIONER, now, calendar)}
    return {
        "case_number": case.case_number,
        "status": case.status.value,
        "status_label": STATUS_LABELS[case.status.value],
        "registered_at": case.registered_at.isoformat(),
        "window": case.window,
        "responsible_unit": case.responsible_unit,
        "timeline": [timeline_item(event) for event in case.events if RULE_OF[event.action].is_public],
        "deadlines": deadline_list(ctx, case, calendar),
        "opinion": opinion_of(case.events),
        "can": {
            name: {
                "allowed": options[action].allowed,
                "reason": options[action].reason,
                "until": str(options[action].until) if options[action].until else None,
            }
            for name, action in _CAN.items()
        },
    }


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
