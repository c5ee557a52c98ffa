"""What goes on beside the handling of a case: contacts with the petitioner, supervisions (Art. 40), advice to units
(Art. 40, 41).

Each follows from the events of the case, so the rows can be made anew. The words themselves stay in the events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk_api.domain.advice import WHICH
from kiosk_api.domain.case_facts import unit_after
from kiosk_api.domain.workflow_table import RULE_OF
from kiosk_api.domain.workflow_types import Action, Event


@dataclass(frozen=True)
class Contact:
    """An officer spoke or wrote with the petitioner."""

    seq: int
    officer: str
    kind: str
    at: datetime


@dataclass(frozen=True)
class Supervision:
    """The office supervises the unit that has the case (None: no unit had it). It is open while `closed_at` is None;
    `answered` tells an answer from a case that ended before."""

    seq: int
    unit: str | None
    cause: str
    raised_by: str
    raised_at: datetime
    due_on: date | None
    closed_at: datetime | None = None
    answered: bool = False


@dataclass(frozen=True)
class Advice:
    """Advice to a unit; it waits while `answered_at` is None, whatever becomes of the case."""

    seq: int
    unit: str
    kind: str
    given_at: datetime
    due_on: date | None
    answered_at: datetime | None = None
    adopted: str = ""


@dataclass(frozen=True)
class Beside:
    """All of it, of one case, the oldest first."""

    contacts: tuple[Contact, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """A supervision or advice that waits for an answer; `what` is its cause or kind, `unit` the id of who answers."""

    case_number: str
    unit: str | None
    what: str
    due_on: date | None


@dataclass(frozen=True)
class Adoption:
    """How often a unit was given advice of a kind and what became of it; `adopted` is empty while it waits."""

    unit: str
    kind: str
    adopted: str
    count: int


def beside(events: Iterable[Event]) -> Beside:
    """An answer to a supervision answers all that are open in the case, as their clock is one; an answer to advice
    answers the one that it names."""
    contacts: list[Contact] = []
    supervisions: list[Supervision] = []
    advice: list[Advice] = []
    unit: str | None = None
    for event in events:
        unit, data = unit_after(unit, event), event.data
        if event.action is Action.CONTACT:
            contacts.append(Contact(len(contacts) + 1, event.actor, data["contact_kind"], event.at))
        elif event.action is Action.SUPERVISE:
            raised = Supervision(
                len(supervisions) + 1, unit, data["cause"], event.actor, event.at, _day(data.get("answer_by"))
            )
            supervisions.append(raised)
        elif event.action is Action.ADVISE:
            given = Advice(
                len(advice) + 1, data["addressee"], data["advice_kind"], event.at, _day(data.get("answer_by"))
            )
            advice.append(given)
        elif event.action is Action.ANSWER_ADVICE:
            named = event.data.get(WHICH)
            advice = [_answered(one, event) if named in (None, str(one.seq)) else one for one in advice]
        elif "supervision" in (*RULE_OF[event.action].stops, *RULE_OF[event.action].cancels):
            supervisions = [_closed(one, event) for one in supervisions]
    return Beside(tuple(contacts), tuple(supervisions), tuple(advice))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _closed(one: Supervision, event: Event) -> Supervision:
    if one.closed_at is not None:
        return one
    return replace(one, closed_at=event.at, answered=event.action is Action.ANSWER_SUPERVISION)


def _answered(one: Advice, event: Event) -> Advice:
    if one.answered_at is not None:
        return one
    return replace(one, answered_at=event.at, adopted=event.data["adopted"])
