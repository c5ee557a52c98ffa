"""What the recorded events of a case say about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from kiosk_api.domain.registration import Arrival
from kiosk_api.domain.workflow_review import (
    ACCEPTANCE,
    EXTENSION,
    FAILED,
    FORWARDING,
    NON_ACCEPTANCE,
    OPINION,
    REEXAMINATION_OPINION,
    REPLY,
    REVIEW_OPINION,
    SETTLEMENT,
)
from kiosk_api.domain.workflow_rows import CHANGED, DONE, INVESTIGATION, RETURNED
from kiosk_api.domain.workflow_table import RULE_OF
from kiosk_api.domain.workflow_types import Action, Event, Status

Events = Sequence[Event]
REVIEWS = (Action.DECIDE_REVIEW, Action.DECIDE_REEXAMINATION)
WRITTEN_IN = {
    Action.ACCEPT: ACCEPTANCE,
    Action.DECLINE: NON_ACCEPTANCE,
    Action.DECLINE_REPEAT: NON_ACCEPTANCE,
    Action.FORWARD: FORWARDING,
    Action.ASSIGN: FORWARDING,
    Action.TRANSFER: FORWARDING,
    Action.DECIDE_COMPETENCE: FORWARDING,
    Action.EXTEND: EXTENSION,
    Action.CONCLUDE: OPINION,
    Action.ANSWER_SUGGESTION: REPLY,
    Action.REPORT_OUTCOME: REPLY,
    Action.SETTLE: SETTLEMENT,
    Action.DECIDE_REVIEW: REVIEW_OPINION,
    Action.DECIDE_REEXAMINATION: REEXAMINATION_OPINION,
}
"""The document that tells the petitioner of a decision."""
_BEFORE_OBJECTION = {
    Action.ASSIGN: Status.ASSIGNED,
    Action.TRANSFER: Status.TRANSFERRED,
    Action.FORWARD: Status.FORWARDED,
    Action.DECIDE_COMPETENCE: Status.FORWARDED,
}


def last(events: Events, *actions: Action) -> Event | None:
    """The latest event of one of these actions."""
    return next((event for event in reversed(events) if event.action in actions), None)


def count(events: Events, action: Action) -> int:
    """How often it was done."""
    return sum(event.action is action for event in events)


def in_hearing(events: Events) -> bool:
    """Whether a hearing is open."""
    found = last(events, Action.HOLD_HEARING, Action.END_HEARING, Action.RECALL, Action.WITHDRAW)
    return found is not None and found.action is Action.HOLD_HEARING


def procedure(events: Events) -> str:
    """The route of Art. 31 that the case is on; an annulled opinion is one of the sixth."""
    found = last(events, Action.ACCEPT)
    return found.data.get("procedure", "") if found else ""


def annulled(events: Events) -> Event | None:
    """The decision that sent the case back to be handled anew, while no new result was given."""
    found = last(events, *REVIEWS, Action.CONCLUDE, Action.SETTLE)
    return found if found is not None and found.data.get("decision") == RETURNED else None


def reaches_nobody(events: Events) -> bool:
    """Whether staff registered it from somebody whom no decision can reach: the notice of Art. 23 is not owed then."""
    arrival = Arrival.from_data(events[0].data) if events else None
    return arrival is not None and arrival.reaches_nobody


def has_review_right(events: Events) -> bool:
    """Whether the latest opinion can be reviewed: only those under Art. 31 (6) can (Art. 35)."""
    return procedure(events) == INVESTIGATION


def no_unit_handled(events: Events) -> bool:
    """Whether a court or a discipline organ decides, or the office answered or settled it itself: only the window
    is rated then."""
    found = last(events, *_BEFORE_OBJECTION, Action.GUIDE, Action.DECLINE_REPEAT)
    return found is None or found.action in (Action.TRANSFER, Action.GUIDE, Action.DECLINE_REPEAT)


def was_decided_above(events: Events) -> bool:
    """Whether the unit that has it was named by the common superior or the joint conference (Art. 24)."""
    found = last(events, *_BEFORE_OBJECTION)
    return found is not None and found.action is Action.DECIDE_COMPETENCE


def handed_over_as(events: Events) -> Status:
    """The state that an objection interrupted."""
    found = last(events, *_BEFORE_OBJECTION)
    return _BEFORE_OBJECTION[found.action] if found else Status.FORWARDED


def status_after(event: Event, status: Status, before: Events) -> Status:
    """The state after an event that was allowed in `status`."""
    if event.action in REVIEWS and event.data.get("decision") == RETURNED:
        return Status.REHANDLING
    if event.action is Action.REJECT_OBJECTION:
        return handed_over_as(before)
    if event.action is Action.DECIDE_COMPETENCE and status is Status.OBJECTED:
        assigned = handed_over_as(before) is Status.ASSIGNED
        return Status.ASSIGNED if assigned else Status.FORWARDED
    return RULE_OF[event.action].to or status


def result_in_force(events: Events) -> Event | None:
    """The latest event that gave the petitioner a result: a review that changed an opinion replaces it."""
    for event in reversed(events):
        if event.action in (Action.CONCLUDE, Action.SETTLE):
            return event
        if event.action in REVIEWS and event.data.get("decision") == CHANGED:
            return event
        if event.action in REVIEWS and event.data.get("decision") == RETURNED:
            return None
    return None


def is_supported(events: Events) -> bool:
    """Whether something is to be carried out for the petitioner (Art. 32)."""
    result = result_in_force(events)
    if result is None:
        return False
    return result.action is Action.SETTLE or "supported" in (result.data.get("outcome"), result.data.get("new_outcome"))


def is_carried_out(events: Events) -> bool:
    """Whether the result in force was reported as carried out."""
    result = result_in_force(events)
    since = takewhile(lambda event: event is not result, reversed(events))
    return any(event.action is Action.REPORT_EXECUTION and event.data.get("carried_out") == DONE for event in since)


def asked_extension(events: Events) -> Event | None:
    """A request for more time that no leader has answered."""
    found = last(
        events, Action.REQUEST_EXTENSION, Action.EXTEND, Action.REFUSE_EXTENSION, Action.RECALL, Action.CONCLUDE,
        Action.SETTLE, *REVIEWS,
    )  # fmt: skip
    return found if found is not None and found.action is Action.REQUEST_EXTENSION else None


def extensions(events: Events) -> list[Event]:
    """The extensions of the handling that is going on; one that was annulled had its own."""
    found: list[Event] = []
    for event in events:
        if event.data.get("decision") == RETURNED:
            found = []
        elif event.action is Action.EXTEND:
            found.append(event)
    return found


def undelivered(events: Events) -> dict[str, date]:
    """The documents that have not reached the petitioner yet, with the day of the decision."""
    owed: dict[str, date] = {}
    for event in events:
        if event.action in WRITTEN_IN:
            owed[WRITTEN_IN[event.action]] = event.at.date()
        elif event.action is Action.DELIVER and event.data["method"] != FAILED:
            owed.pop(event.data["document"], None)
    return owed
