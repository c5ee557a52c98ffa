"""What a case is now, as it follows from its registration and its events: the columns that lists filter on.

The same step is taken when an action happens and when everything is built anew from the events, so the two agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk_api.domain.history import REVIEWS, status_after
from kiosk_api.domain.registration import Channel
from kiosk_api.domain.workflow_intake import SAME
from kiosk_api.domain.workflow_table import IS_ACCUSATION
from kiosk_api.domain.workflow_types import Action, Event, Status

_HANDS_OVER = frozenset({Action.FORWARD, Action.ASSIGN, Action.TRANSFER, Action.DECIDE_COMPETENCE})

_TAKES_BACK = frozenset({Action.UPHOLD_OBJECTION, Action.RECALL})


@dataclass(frozen=True)
class Facts:
    """`asked_confidential` is what the citizen asked for; `doubtful`: whether it accuses waits for an officer."""

    kind: str
    domain: str
    window: str
    emergency: bool
    confidential: bool
    doubtful: bool
    asked_confidential: bool
    status: Status = Status.REGISTERED
    responsible_unit: str | None = None
    urged: int = 0
    channel: Channel = Channel.NETWORK
    repeat_of: str | None = None  # the number of the case that this one repeats


def after(facts: Facts, event: Event, before: Sequence[Event]) -> Facts:
    """The facts once this has happened; `before` are the earlier events."""
    action, data = event.action, event.data
    facts = replace(facts, status=status_after(event, facts.status, before))
    facts = replace(facts, responsible_unit=unit_after(facts.responsible_unit, event))
    if action is Action.REGISTER:
        return replace(facts, channel=Channel(data.get("channel", Channel.NETWORK)))
    if action is Action.DECIDE_REPEAT:
        before_that = None if data["first"] == facts.repeat_of else facts.repeat_of
        return replace(facts, repeat_of=data["first"] if data["same"] == SAME else before_that)
    if action is Action.REPORT_URGENT:
        return replace(facts, emergency=True)
    if action is Action.URGE:
        return replace(facts, urged=facts.urged + 1)
    if action is Action.CORRECT_ROUTE:
        window, domain = data.get("window") or facts.window, data.get("domain") or facts.domain
        corrected = replace(facts, window=window, domain=domain)
        return _decided(corrected, data["kind"]) if data.get("kind") else corrected
    if action is Action.DECIDE_ACCUSATION:
        ordinary = "appeal" if facts.kind == IS_ACCUSATION else facts.kind
        return _decided(facts, IS_ACCUSATION if data["kind"] == IS_ACCUSATION else ordinary)
    return facts


def unit_after(unit: str | None, event: Event) -> str | None:
    """The unit that has the case once this has happened."""
    if event.action in _HANDS_OVER:
        return event.data["unit"]
    if event.action in REVIEWS:  # an annulled opinion is handled anew by the unit that the decision names
        return event.data.get("unit", unit)
    return None if event.action in _TAKES_BACK else unit


def _decided(facts: Facts, kind: str) -> Facts:
    """An officer has said what it is: an accusation is confidential, and a doubtful one that is none only if the
    citizen asked for it."""
    confidential = facts.confidential
    if kind == IS_ACCUSATION:
        confidential = True
    elif facts.doubtful:
        confidential = facts.asked_confidential
    return replace(facts, kind=kind, confidential=confidential, doubtful=False)
