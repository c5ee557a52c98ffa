"""Every route, for every role of those who stand outside a case: the answer is that of a store without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from kiosk_api.domain.workflow import Role
from tests.caches import cheap_passwords
from tests.wall.asking import routes, send, told
from tests.wall.rules import RULES, SHOWS, Ask
from tests.wall.world import OUTSIDE, ROLES, World, build, counted, stored

BEFORE = {
    "accused": ("office", "accused", "review", "closed", "supervised"), "below": ("office", "below"),
    "successor": ("office", "successor"), "person": ("office", "other", "review"), "aside": ("office", "other", "review"),
    "inside": ("office",),
}  # fmt: skip
WITH_PUBLIC_PAGES = {("accused", Role.PETITION_OFFICE), ("accused", Role.ADMINISTRATOR)}
"""Who asks for citizens' pages too. These do not get the session, whose cookie is sent to the desk only."""


@pytest.fixture(autouse=True)
def cheap_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password costs a tenth of a second, here some hundred times."""
    monkeypatch.setattr("kiosk_api.services.staff.sign_in.NOBODYS", cheap_passwords().hash("nobody's"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(tmp_path_factory.mktemp("wall"))


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The same where officers of every role say why before they read a case."""
    return build(tmp_path_factory.mktemp("asking"), "all")


def asked(world: World, rule: Rule, standing: str) -> Iterator[tuple[Ask, dict[str, str]]]:
    """Every request of a rule: of pages for staff for the cases that would come before this officer."""
    for ask in RULES[rule.endpoint]:
        for where in BEFORE[standing] if ask.each and is_of_staff(rule) else ("office",):
            yield ask, world.ids[where]


def is_of_staff(rule: Rule) -> bool:
    """Whether the answer can depend on who is signed in."""
    return rule.endpoint.startswith(("desk.", "desk_api."))


def differences(world: World, role: Role, standing: str, *, only_staff: bool = False) -> list[tuple[object, ...]]:
    """Requests that the two stores answer differently, or with another number of statements."""
    token, before = world.sessions[role, standing], {ids["number"]: stored(world.full, ids["number"]).version
                                                     for ids in world.ids.values()}  # fmt: skip
    different: list[tuple[object, ...]] = []
    for method, rule in routes(world.full):
        if only_staff and not is_of_staff(rule):
            continue
        for ask, ids in asked(world, rule, standing):
            with counted(world.full) as with_it:
                one = told(send(world.full, token, method, rule, ask, ids))
            with counted(world.empty) as without:
                other = told(send(world.empty, token, method, rule, ask, ids))
            if one != other or with_it != without:
                different.append((method, str(rule), one[0], other[0], with_it, without))
    assert {number: stored(world.full, number).version for number in before} == before
    return different


def test_every_route_has_a_rule(world: World) -> None:
    served = {rule.endpoint for _, rule in routes(world.full)}
    assert served == RULES.keys(), "say in rules.py how somebody could ask for a case there"
    named = {rule.endpoint for _, rule in routes(world.full) if {"number", "case_id"} & rule.arguments}
    assert all(any(ask.each for ask in RULES[one]) for one in named)
    assert RULES.keys() >= SHOWS


HANDLING = (Role.PETITION_OFFICE, Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER, Role.SUPERVISOR, Role.REVIEW_UNIT)
SHORT = {(standing, HANDLING[place % 5]) for place, standing in enumerate(OUTSIDE)}
SHORT |= {("accused", Role.ADMINISTRATOR)}
"""In the short suite each standing and each role that has cases comes once, and a role that has none too;
`make test-all` has all of them."""
BOTH = [
    pytest.param(role, standing, marks=() if (standing, role) in SHORT else pytest.mark.long)
    for standing in OUTSIDE
    for role in ROLES
]


@pytest.mark.parametrize(("role", "standing"), BOTH)
def test_outside_nothing_tells_a_case_from_one_that_does_not_exist(world: World, role: Role, standing: str) -> None:
    assert differences(world, role, standing, only_staff=(standing, role) not in WITH_PUBLIC_PAGES) == []


SHORTER = {("accused", Role.PETITION_OFFICE)}
ASKED_WHY = [
    pytest.param(role, standing, marks=() if (standing, role) in SHORTER else pytest.mark.long)
    for standing in OUTSIDE
    for role in ROLES
]


@pytest.mark.parametrize(("role", "standing"), ASKED_WHY)
def test_nor_does_it_where_officers_say_why_they_read(asking: World, role: Role, standing: str) -> None:
    """The reason is asked for after it is clear that there is a case to read, and of nobody else."""
    assert differences(asking, role, standing, only_staff=True) == []


def test_inside_the_same_routes_do_show_the_case(world: World) -> None:
    """Otherwise the tests above would prove nothing."""
    assert showing(world) == SHOWS


def test_inside_a_reason_is_asked_for_only_where_there_is_a_case(asking: World) -> None:
    """A page of the case, and of a case that is not there: otherwise the test with reasons would prove nothing."""
    token, ids = asking.sessions[Role.PETITION_OFFICE, "inside"], asking.ids["office"]
    rule = next(one for _, one in routes(asking.full) if one.endpoint == "desk.case")
    answers = [send(one, token, "GET", rule, Ask(each=True), ids) for one in (asking.full, asking.empty)]
    assert [one.status_code for one in answers] == [403, 404]
    assert showing(asking) == SHOWS


def showing(world: World) -> set[str]:
    """Endpoints of SHOWS whose answer to an officer inside differs between the two stores."""
    differing = set()
    for method, rule in routes(world.full):
        if rule.endpoint not in SHOWS or method != "GET" and "act" not in rule.endpoint and "find" not in rule.endpoint:
            continue
        for ask, ids in asked(world, rule, "inside"):
            token = world.sessions[Role.PETITION_OFFICE, "inside"]
            one = send(world.full, token, method, rule, ask, ids)
            other = send(world.empty, token, method, rule, ask, ids)
            if told(one) != told(other):
                differing.add(rule.endpoint)
                break
    return differing
