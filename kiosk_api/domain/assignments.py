"""Who inside a unit handles a case, and who stands in while somebody is away.

The Regulations give a case to a unit. To whom the unit gives it is its own order: each period follows from the events
of the case, so the rows can be made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk_api.domain.case_facts import unit_after
from kiosk_api.domain.persons import ASIDE
from kiosk_api.domain.wall import ACCOUNT
from kiosk_api.domain.workflow_types import Action, Event, Role

HANDLERS = frozenset({Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER})
"""Roles of people to whom a unit can give a case."""
HELPS = frozenset({Action.NOTE, Action.CONTACT, Action.STEP_ASIDE, Action.REPORT_URGENT})
"""What a colleague does without taking the case over: a word that came by telephone is written down, danger is reported
at once (Art. 25), and whoever has an interest says so (Art. 28)."""
_ENDS = frozenset({Action.WITHDRAW, Action.CLOSE})


@dataclass(frozen=True)
class Assignment:
    """A period in which one person had a case; it lasts while `to_at` is None. `set_by` is who gave it to them."""

    seq: int
    officer: str
    set_by: str
    from_at: datetime
    to_at: datetime | None = None


@dataclass(frozen=True)
class Absence:
    """Somebody is away, both days included; the deputy has their cases meanwhile."""

    officer: str
    deputy: str
    from_on: date
    to_on: date


def assignments_of(events: Iterable[Event]) -> tuple[Assignment, ...]:
    """Every period, the oldest first. One ends when the next begins, when the unit no longer has the case, when the
    person steps aside, and when the matter is taken back or filed away."""
    found: list[Assignment] = []
    unit: str | None = None
    for event in events:
        before, unit = unit, unit_after(unit, event)
        if found and found[-1].to_at is None and (unit != before or _ends(event, found[-1].officer)):
            found[-1] = replace(found[-1], to_at=event.at)
        if event.action is Action.ENTRUST:
            found.append(Assignment(len(found) + 1, event.data[ACCOUNT], event.actor, event.at))
    return tuple(found)


def _ends(event: Event, officer: str) -> bool:
    aside = event.action is Action.STEP_ASIDE and event.data.get(ASIDE) == officer
    return aside or event.action is Action.ENTRUST or event.action in _ENDS


def current(assignments: Sequence[Assignment]) -> Assignment | None:
    """The period that lasts, if one does."""
    return assignments[-1] if assignments and assignments[-1].to_at is None else None


def stand_in_of(officer: str, away: Iterable[Absence]) -> str | None:
    """Who has the cases of somebody who is away today: the deputy, or the deputy's when they are away too. None when
    the officer is here, or when nobody is left."""
    deputies = {one.officer: one.deputy for one in away}
    at, seen = officer, {officer}
    while at in deputies:
        at = deputies[at]
        if at in seen:
            return None
        seen.add(at)
    return at if at != officer else None


def kept_by(officer: str, away: Sequence[Absence]) -> frozenset[str]:
    """The people whose cases are on this officer's list today: their own, and of those for whom they stand in."""
    return frozenset({officer, *(one.officer for one in away if stand_in_of(one.officer, away) == officer)})
