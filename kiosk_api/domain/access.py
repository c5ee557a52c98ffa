"""Which cases a role may see: one rule for lists, counts, single cases and pictures.

An accusation follows its own procedure (Art. 30) and has no review (Art. 35), so review units
never see it, nor a case that may be one. A unit sees what has been handed to it, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_api.domain.workflow_types import Role, Status

REVIEW_STATUSES = frozenset({
    Status.UNDER_REVIEW, Status.REVIEWED, Status.UNDER_REEXAMINATION, Status.REEXAMINED,
    Status.REHANDLING,  # who annulled an opinion has still to see that the decision reaches the petitioner
})  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """The limits of what a role may see; every limit that is not None must hold."""

    units: frozenset[str] | None = None
    statuses: frozenset[Status] | None = None
    kinds: frozenset[str] | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a case that may be an accusation lies within: only where accusations do."""
        return self.kinds is None or "accusation" in self.kinds

    def holds(self, *, unit: str | None, status: Status, kind: str, doubtful: bool) -> bool:
        """Whether a case of this unit, status and kind lies within; `doubtful`: it may be an accusation."""
        return (
            (self.units is None or unit in self.units)
            and (self.statuses is None or status in self.statuses)
            and (self.kinds is None or kind in self.kinds)
            and (self.doubtful or not doubtful)
        )


_ALL, _NOTHING = Scope(), Scope(statuses=frozenset())


def scope_of(role: Role, unit: str | None) -> Scope:
    """What an officer of this role and unit may see."""
    if role in (Role.PETITION_OFFICE, Role.SUPERVISOR):
        return _ALL
    if role in (Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER) and unit:
        return Scope(units=frozenset({unit}))
    if role is Role.REVIEW_UNIT:
        return Scope(statuses=REVIEW_STATUSES, kinds=frozenset({"appeal", "suggestion"}))
    return _NOTHING
