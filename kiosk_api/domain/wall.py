"""The wall around an accusation (Art. 30, 46): whom it keeps out, when it stands, and when a case is taken back.

Whoever is accused sees nothing of it, nor does a unit below an accused one, nor one that took over its work. An
officer with an interest in a case (Art. 28) stands outside in the same way. Everything here follows from the events
of a case and from the tree of units.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.accusations import Accusation, state_of_case
from kiosk_api.domain.persons import ASIDE
from kiosk_api.domain.workflow_types import Action, Event, Role

ABOUT = "accused_unit"
"""In the data of a registration: the unit that the petitioner named, where the tree left no doubt which one it is."""
ACCOUNT = "account"
"""In the data of a naming: the account of the person whose name at sign-in was typed."""
DISCIPLINE = "discipline"
_RECORDS = frozenset({Action.NAME_ACCUSED, Action.CLEAR_ACCUSED})
OWN_LINE = frozenset({"petition_office", DISCIPLINE, "court", "procuratorate", "party"})
"""Kinds of units that answer to the unit above them in their own line, not to the government whose area they serve.

The Regulations do not say which units are "below" an accused one. This is the office's reading: otherwise an accusation
against a government would be kept from the very organs that Art. 22 and 30 give it to.
"""


class Placed(Protocol):
    """A unit with its place in the tree."""

    @property
    def id(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def parent_id(self) -> str | None: ...

    @property
    def superior_id(self) -> str | None: ...

    @property
    def successor_id(self) -> str | None: ...


class Known(Placed, Protocol):
    """A unit with its name and every other name it is known by."""

    @property
    def names(self) -> tuple[str, ...]: ...


Tree = Mapping[str, Placed]


@dataclass(frozen=True)
class Place:
    """A unit's place in the tree, and nothing else of it."""

    id: str
    kind: str
    parent_id: str | None = None
    superior_id: str | None = None
    successor_id: str | None = None


@dataclass(frozen=True)
class Outsider:
    """Whom the store asks about: an officer, and the units whose being accused keeps theirs out."""

    officer: str
    line: frozenset[str]


@dataclass(frozen=True)
class Accused:
    """A unit, or a person of a unit (`officer` is the account's id, `unit` theirs). `set_by` is the officer who named
    them, or `petitioner`."""

    unit: str
    officer: str
    set_by: str
    at: datetime


@dataclass(frozen=True)
class Interest:
    """An officer who has stepped aside, and who recorded it (Art. 28)."""

    officer: str
    decided_by: str
    at: datetime


@dataclass(frozen=True)
class Wall:
    """Who stands outside a case. The accused are kept out only while it is, or may be, an accusation, or is to be kept
    confidential; an interest counts in any case."""

    accused: tuple[Accused, ...] = ()
    interests: tuple[Interest, ...] = ()


def stands(kind: str, *, doubtful: bool, confidential: bool) -> bool:
    """Whether what is accused or complained of must not learn of the case."""
    return confidential or state_of_case(kind, doubtful) is not Accusation.NO


def wall_of(events: Sequence[Event], *, stands: bool, about: str | None = None) -> Wall:
    """The wall of a case with these events; `about` is the unit that the petition is about, for a case whose
    registration does not say it."""
    return Wall(named(events, about) if stands else (), _interests(events))


def named(events: Sequence[Event], about: str | None = None) -> tuple[Accused, ...]:
    """Everybody who is named as accused, whether or not the wall stands now."""
    found: dict[tuple[str, str], Accused] = {}
    for event in events:
        unit, officer = event.data.get("unit", ""), event.data.get(ACCOUNT, "")
        if event.action is Action.REGISTER:
            unit, officer = event.data.get(ABOUT) or about or "", ""
            if unit:
                found[unit, officer] = Accused(unit, officer, Role.PETITIONER.value, event.at)
        elif event.action is Action.NAME_ACCUSED:
            found.setdefault((unit, officer), Accused(unit, officer, event.actor, event.at))
        elif event.action is Action.CLEAR_ACCUSED:
            found.pop((unit, officer), None)
    return tuple(found.values())


def is_recorded(events: Iterable[Event]) -> bool:
    """Whether it is recorded from the tree whom the case accuses, or whom it does not: then words decide nothing."""
    return any(event.action in _RECORDS or ABOUT in event.data for event in events)


def _interests(events: Iterable[Event]) -> tuple[Interest, ...]:
    found: dict[str, Interest] = {}
    for event in events:
        if event.action is Action.STEP_ASIDE and event.data.get(ASIDE):
            who = event.data[ASIDE]
            found.setdefault(who, Interest(who, event.actor, event.at))
    return tuple(found.values())


def line_of(unit_id: str | None, tree: Tree) -> frozenset[str]:
    """The units whose being accused keeps this one out: itself, those above it, and those whose work they took over."""
    if not unit_id:
        return frozenset()
    line = _reached({unit_id}, lambda one: _above(tree[one]) if one in tree else ())
    before: dict[str, list[str]] = {}
    for unit in tree.values():
        if unit.successor_id:
            before.setdefault(unit.successor_id, []).append(unit.id)
    return _reached(line, lambda one: before.get(one, ()))


def _above(unit: Placed) -> tuple[str, ...]:
    """The units that a unit answers to, and the one that takes over its work."""
    parent = None if unit.kind in OWN_LINE else unit.parent_id
    return tuple(one for one in (parent, unit.superior_id, unit.successor_id) if one)


def _reached(start: Collection[str], next_of: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += next_of(one)
    return frozenset(found)


def keeps_out(wall: Wall, officer: str, line: Collection[str]) -> bool:
    """Whether an officer of a unit with this line stands outside."""
    persons = {one.officer for one in wall.accused} | {one.officer for one in wall.interests}
    return officer in persons or any(not one.officer and one.unit in line for one in wall.accused)


def is_no_addressee(wall: Wall, line: Collection[str]) -> bool:
    """Whether a unit with this line must not be given the case: it is accused, or one of its people is."""
    return any(one.unit in line for one in wall.accused)


def must_recall(before: Accusation, now: Accusation, wall: Wall, holder: str | None, tree: Tree) -> bool:
    """Whether the case must be taken back from the unit that holds it: that unit must not have it, or what it was
    given as something else is an accusation, which is for discipline inspection (Art. 22, 30)."""
    if holder is None:
        return False
    if is_no_addressee(wall, line_of(holder, tree)):
        return True
    has_become_one = now is Accusation.YES and before is not Accusation.YES
    return has_become_one and not (holder in tree and tree[holder].kind == DISCIPLINE)


def organ_for(wall: Wall, tree: Tree) -> str | None:
    """The discipline organ nearest above the accused that is not accused itself; None where the tree has none."""
    organs = [unit.id for unit in tree.values() if unit.kind == DISCIPLINE]
    free = sorted(one for one in organs if not is_no_addressee(wall, line_of(one, tree)))
    places = [one.unit for one in wall.accused if one.unit]
    above = [place for start in places for place in _upwards(start, tree)]
    for place in above:
        for one in free:
            if tree[one].parent_id == place:
                return one
    return free[0] if free else None


def _upwards(unit_id: str, tree: Tree) -> list[str]:
    """A unit and those above it by place, the nearest first."""
    found: list[str] = []
    at: str | None = unit_id
    while at and at not in found:
        found.append(at)
        at = tree[at].parent_id if at in tree else None
    return found


def certain_unit(words: str | None, units: Iterable[Known]) -> str | None:
    """The one unit that a petitioner's words name beyond doubt: by a name that is no other unit's, whole, or with its
    full name in the text and no other unit's."""
    text = _plain(words or "")
    if not text:
        return None
    known = list(units)
    whole = {unit.id for unit in known if text in map(_plain, unit.names)}
    if whole:
        return whole.pop() if len(whole) == 1 else None
    full = [(unit.id, _plain(unit.names[0])) for unit in known]
    held = [one for one in full if one[1] and one[1] in text]
    longest = [one for one in held if not any(one[1] != other[1] and one[1] in other[1] for other in held)]
    return longest[0][0] if len(longest) == 1 else None


def likely_units(words: str | None, units: Iterable[Known], most: int) -> list[str]:
    """Units that a petitioner's words may mean, the longest name first: an officer decides."""
    text = _plain(words or "")
    found = []
    for unit in units:
        lengths = [len(name) for name in map(_plain, unit.names) if name and (name in text or (text and text in name))]
        if lengths:
            found.append((-max(lengths), unit.id))
    return [unit_id for _, unit_id in sorted(found)[:most]]


def _plain(text: str) -> str:
    """Letters, digits and characters alone, for comparing."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
