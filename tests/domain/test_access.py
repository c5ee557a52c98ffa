"""Which cases a role may see, against a second reading of the rule: every role, unit, state and kind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from kiosk_api.domain.access import BELOW, Scope, below, not_below, only_reads, scope_of
from kiosk_api.domain.units import UNLISTED
from kiosk_api.domain.workflow_types import Role, Status


@dataclass(frozen=True)
class At:
    kind: str = "bureau"
    parent_id: str | None = None
    superior_id: str | None = None


TREE = {
    "city": At(), "county": At(parent_id="city"), "bureau": At(parent_id="county", superior_id="city-bureau"),
    "city-bureau": At(parent_id="city"), "station": At(parent_id="bureau"), "street": At(parent_id="county"),
    "typed": At(kind=UNLISTED),
}  # fmt: skip
UNDER = {"city": set(TREE) - {"typed"}, "county": {"county", "bureau", "station", "street"}, "bureau": {"bureau", "station"},
         "city-bureau": {"city-bureau"}, "station": {"station"}, "street": {"street"}, "typed": {"typed"}}  # fmt: skip
REVIEWS = {"city": {"county", "bureau", "station", "street", "city-bureau"}, "county": {"street"}, "bureau": {"station"},
           "city-bureau": {"bureau", "station"}, "station": set(), "street": set(), "typed": set()}  # fmt: skip
"""Whose work a unit reviews: those whose line of superiors, or of parents where there is none, leads to it."""
OPEN_TO_REVIEW = {"under_review", "reviewed", "under_reexamination", "reexamined", "rehandling"}
UNITS = (None, *TREE)


def may_see(
    role: Role, unit: str | None, holder: str | None, status: str, kind: str, doubtful: bool, kept: bool
) -> bool:
    """The rule as the office tells it (access.py, Art. 22, 30, 35, 36)."""
    secret = kind == "accusation" or doubtful or kept
    if role in (Role.PETITION_OFFICE, Role.SUPERVISOR):
        return True
    if role is Role.RESPONSIBLE_UNIT:
        return unit is not None and holder == unit
    if role is Role.UNIT_LEADER:
        return unit is not None and (holder == unit or (holder in UNDER[unit] and not secret))
    if role is Role.REVIEW_UNIT:
        fits = status in OPEN_TO_REVIEW and kind in ("appeal", "suggestion") and not doubtful
        return fits and (unit is None or holder in (None, "typed") or holder in REVIEWS[unit])
    return False


@pytest.mark.parametrize("role", Role)
def test_every_case_is_seen_by_those_of_the_rule_and_nobody_else(role: Role) -> None:
    for unit in UNITS:
        scope = scope_of(role, unit, TREE)
        for holder, status, kind, doubtful, kept in product(
            UNITS, Status, ("appeal", "suggestion", "accusation"), (False, True), (False, True)
        ):
            seen = scope.holds(unit=holder, status=status, kind=kind, doubtful=doubtful, confidential=kept)
            assert seen is may_see(role, unit, holder, str(status), kind, doubtful, kept), (unit, holder, status, kind)


@pytest.mark.parametrize("role", Role)
def test_lists_leave_doubtful_cases_out_where_accusations_are_left_out(role: Role) -> None:
    assert scope_of(role, None, TREE).doubtful is (role is not Role.REVIEW_UNIT)
    assert Scope(kinds=frozenset({"appeal", "accusation"})).doubtful


@pytest.mark.parametrize("unit", TREE)
def test_below_and_reviewed_follow_the_tree(unit: str) -> None:
    assert below(unit, TREE) == UNDER[unit]
    assert set(TREE) - not_below(unit, TREE) - {"typed"} == REVIEWS[unit]


def test_a_ring_in_the_tree_ends() -> None:
    ring = {"a": At(parent_id="b"), "b": At(parent_id="a")}
    assert below("a", ring) == {"a", "b"} and not_below("c", ring) == {"a", "b"}


@pytest.mark.parametrize("role", Role)
def test_who_sees_what_another_unit_handles_only_reads_it(role: Role) -> None:
    bound = role in (Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER)
    assert only_reads(role, "bureau", "station") is bound
    assert only_reads(role, "bureau", None) is bound
    assert only_reads(role, "bureau", "bureau") is False
    assert {Role.UNIT_LEADER} == BELOW
