"""Which cases a role may see: one rule for lists, counts, single cases and pictures.

An accusation follows its own procedure (Art. 30) and has no review (Art. 35), so review units
never see it, nor a case that may be one; a body that reviews sees what a unit below it handled (Art. 35,
36). A unit sees what has been handed to it, and nothing else; its leader also reads what the units below it
handle, as far as nothing in it is to be kept secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk_api.domain.units import UNLISTED
from kiosk_api.domain.workflow_types import Role, Status

REVIEW_STATUSES = frozenset({
    Status.UNDER_REVIEW, Status.REVIEWED, Status.UNDER_REEXAMINATION, Status.REEXAMINED,
    Status.REHANDLING,  # who annulled an opinion has still to see that the decision reaches the petitioner
})  # fmt: skip


BELOW = frozenset({Role.UNIT_LEADER})
"""Roles that also read what the units below theirs handle. The office's choice: the Regulations do not say."""
ONLY_READ = "这件事不由您的单位办理，您可以看，不能代办。"


class Placed(Protocol):
    """A unit with its place in the tree."""

    @property
    def kind(self) -> str: ...

    @property
    def parent_id(self) -> str | None: ...

    @property
    def superior_id(self) -> str | None: ...


Tree = Mapping[str, Placed]


@dataclass(frozen=True)
class Scope:
    """The limits of what a role may see; every limit that is not None must hold.

    `open_beyond`: cases of other units than this one only where nothing is to be kept secret (Art. 30).
    `not_of`: units whose cases lie outside.
    """

    units: frozenset[str] | None = None
    open_beyond: str | None = None
    not_of: frozenset[str] = frozenset()
    statuses: frozenset[Status] | None = None
    kinds: frozenset[str] | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a case that may be an accusation lies within: only where accusations do."""
        return self.kinds is None or "accusation" in self.kinds

    def holds(self, *, unit: str | None, status: Status, kind: str, doubtful: bool, confidential: bool = False) -> bool:
        """Whether a case of this unit, status and kind lies within; `doubtful`: it may be an accusation."""
        secret = kind == "accusation" or doubtful or confidential
        return (
            (self.units is None or unit in self.units)
            and unit not in self.not_of
            and (self.open_beyond in (None, unit) or not secret)
            and (self.statuses is None or status in self.statuses)
            and (self.kinds is None or kind in self.kinds)
            and (self.doubtful or not doubtful)
        )


_ALL, _NOTHING = Scope(), Scope(statuses=frozenset())


def scope_of(role: Role, unit: str | None, tree: Tree) -> Scope:
    """What an officer of this role and unit may see."""
    if role in (Role.PETITION_OFFICE, Role.SUPERVISOR):
        return _ALL
    if role in BELOW and unit:
        return Scope(units=below(unit, tree), open_beyond=unit)
    if role is Role.RESPONSIBLE_UNIT and unit:
        return Scope(units=frozenset({unit}))
    if role is Role.REVIEW_UNIT:
        others = not_below(unit, tree) if unit else frozenset()
        return Scope(statuses=REVIEW_STATUSES, kinds=frozenset({"appeal", "suggestion"}), not_of=others)
    return _NOTHING


def only_reads(role: Role, unit: str | None, handled_by: str | None) -> bool:
    """Whether an officer who sees this case may not act on it: a unit below theirs handles it, or theirs was only told."""
    return role in BELOW | {Role.RESPONSIBLE_UNIT} and handled_by != unit


def below(unit: str, tree: Tree) -> frozenset[str]:
    """A unit and everything below it by parents."""
    under: dict[str, list[str]] = {}
    for one, place in tree.items():
        under.setdefault(place.parent_id or "", []).append(one)
    found, level = {unit}, [unit]
    while level:
        level = [one for above in level for one in under.get(above, ()) if one not in found]
        found.update(level)
    return frozenset(found)


def not_below(unit: str, tree: Tree) -> frozenset[str]:
    """The units of the tree whose work this one does not review: it is not among those above them. Of a unit that the
    tree does not know, nobody can say."""
    return frozenset(one for one, place in tree.items() if place.kind != UNLISTED and not _is_above(unit, one, tree))


def _is_above(unit: str, one: str, tree: Tree) -> bool:
    seen: set[str] = set()
    place = tree.get(one)
    while place is not None:
        above = place.superior_id or place.parent_id
        if above is None or above in seen:
            return False
        if above == unit:
            return unit != one
        seen.add(above)
        place = tree.get(above)
    return False
