"""The wall around an accusation (Art. 28, 30, 46): whom it keeps out, when it stands, when a case is taken back."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk_api.domain import wall
from kiosk_api.domain.accusations import Accusation
from kiosk_api.domain.persons import ASIDE
from kiosk_api.domain.workflow_types import Action, Event, Role

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Unit:
    id: str
    kind: str = "department"
    parent_id: str | None = None
    superior_id: str | None = None
    successor_id: str | None = None
    names: tuple[str, ...] = ()


TREE = {
    unit.id: unit
    for unit in (
        Unit("province", "government"),
        Unit("city", "government", "province"),
        Unit("county", "government", "city"),
        Unit("office", "petition_office", "county"),
        Unit("discipline", "discipline", "county", "city-discipline"),
        Unit("city-discipline", "discipline", "city"),
        Unit("court", "court", "county", "city-court"),
        Unit("city-court", "court", "city"),
        Unit("housing", "department", "county"),
        Unit("archive", "department", "housing"),
        Unit("water", "department", "county"),
        Unit("former-housing", "department", "county", successor_id="housing"),
        Unit("oldest-housing", "department", "county", successor_id="former-housing"),
        Unit("its-branch", "department", "former-housing"),
        Unit("ring-a", "department", "ring-b"),
        Unit("ring-b", "department", "ring-a"),
        Unit("orphan", "department", "nowhere"),
    )
}


def event(action: Action, actor: str = "wang", **data: str) -> Event:
    return Event(action, NOW, Role.PETITION_OFFICE, data, actor)


def accused(unit: str, officer: str = "") -> wall.Accused:
    return wall.Accused(unit, officer, "wang", NOW)


def line(unit: str | None) -> frozenset[str]:
    return wall.line_of(unit, TREE)


@pytest.mark.parametrize(
    ("unit", "kept_out_by"),
    [
        ("water", {"water", "county", "city", "province"}),
        ("archive", {"archive", "housing", "county", "city", "province", "former-housing", "oldest-housing"}),
        ("its-branch", {"its-branch", "former-housing", "oldest-housing", "housing", "county", "city", "province"}),
        ("oldest-housing", {"oldest-housing", "former-housing", "housing", "county", "city", "province"}),
        ("office", {"office"}),
        ("discipline", {"discipline", "city-discipline"}),
        ("court", {"court", "city-court"}),
        ("ring-a", {"ring-a", "ring-b"}),
        ("orphan", {"orphan", "nowhere"}),
        ("unknown", {"unknown"}),
        (None, set()),
        ("", set()),
    ],
)
def test_a_unit_is_kept_out_by_itself_by_those_above_it_and_by_those_it_took_over(
    unit: str | None, kept_out_by: set[str]
) -> None:
    assert line(unit) == kept_out_by


@pytest.mark.parametrize(
    ("unit", "officer", "is_out"),
    [
        ("housing", "anybody", True), ("archive", "anybody", True), ("former-housing", "anybody", True),
        ("water", "anybody", False), ("county", "anybody", False), ("office", "anybody", False),
        ("water", "aside", True), ("office", "aside", True), ("water", "accused-person", True),
        ("court", "colleague", False), (None, "anybody", False),
    ],
)  # fmt: skip
def test_the_accused_unit_the_accused_person_and_whoever_stepped_aside_are_out(
    unit: str | None, officer: str, is_out: bool
) -> None:
    made = wall.Wall((accused("housing"), accused("court", "accused-person")), (wall.Interest("aside", "aside", NOW),))
    assert wall.keeps_out(made, officer, line(unit)) is is_out


def test_a_unit_whose_person_is_accused_is_given_no_such_case() -> None:
    made = wall.Wall((accused("water", "accused-person"),))
    assert wall.is_no_addressee(made, line("water"))
    assert not wall.is_no_addressee(made, line("housing"))
    assert not wall.is_no_addressee(wall.Wall(), line("water"))


@pytest.mark.parametrize(
    ("kind", "doubtful", "confidential"), list(product(("appeal", "accusation"), *[(True, False)] * 2))
)
def test_the_wall_stands_unless_it_is_surely_no_accusation_and_no_secret(
    kind: str, doubtful: bool, confidential: bool
) -> None:
    expected = kind == "accusation" or doubtful or confidential
    assert wall.stands(kind, doubtful=doubtful, confidential=confidential) is expected


def test_names_come_from_the_registration_and_from_officers_and_can_be_put_right() -> None:
    registered = event(Action.REGISTER, accused_unit="housing")
    named = event(Action.NAME_ACCUSED, "li", unit="water", officer="zhao", account="person")
    assert [(one.unit, one.officer, one.set_by) for one in wall.named([registered, named])] == [
        ("housing", "", "petitioner"), ("water", "person", "li"),
    ]  # fmt: skip
    cleared = event(Action.CLEAR_ACCUSED, unit="housing", reason="记错了")
    assert [one.unit for one in wall.named([registered, named, cleared])] == ["water"]
    assert wall.named([registered, event(Action.CLEAR_ACCUSED, unit="water")])[0].unit == "housing"
    again = event(Action.NAME_ACCUSED, "zhao", unit="housing")
    assert wall.named([registered, again])[0].set_by == "petitioner"


def test_a_registration_of_an_earlier_release_is_read_from_the_petition() -> None:
    plain = event(Action.REGISTER)
    assert wall.named([plain]) == ()
    assert wall.named([plain], "housing")[0].unit == "housing"
    assert wall.named([event(Action.REGISTER, accused_unit="water")], "housing")[0].unit == "water"


def test_once_it_is_recorded_from_the_tree_words_decide_nothing() -> None:
    plain = event(Action.REGISTER)
    assert not wall.is_recorded([plain])
    assert wall.is_recorded([event(Action.REGISTER, accused_unit="housing")])
    assert wall.is_recorded([plain, event(Action.CLEAR_ACCUSED, unit="housing")])


def test_an_ordinary_matter_has_no_accused_but_keeps_its_interests() -> None:
    events = [
        event(Action.REGISTER, accused_unit="housing"), event(Action.STEP_ASIDE, "li", **{ASIDE: "li"}),
        event(Action.STEP_ASIDE, "wang", **{ASIDE: "li"}), event(Action.STEP_ASIDE, "wang"),
    ]  # fmt: skip
    ordinary, kept = wall.wall_of(events, stands=False), wall.wall_of(events, stands=True)
    assert ordinary.accused == () and len(kept.accused) == 1
    assert ordinary.interests == kept.interests == (wall.Interest("li", "li", NOW),)


NO, DOUBTFUL, YES = Accusation.NO, Accusation.DOUBTFUL, Accusation.YES


@pytest.mark.parametrize(
    ("before", "now", "made", "holder", "is_taken_back"),
    [
        (NO, YES, wall.Wall(), "water", True),
        (DOUBTFUL, YES, wall.Wall(), "water", True),
        (NO, YES, wall.Wall(), "discipline", False),
        (NO, YES, wall.Wall(), "unknown", True),
        (NO, YES, wall.Wall(), None, False),
        (YES, YES, wall.Wall(), "water", False),
        (NO, NO, wall.Wall(), "water", False),
        (YES, YES, wall.Wall((accused("housing"),)), "archive", True),
        (YES, YES, wall.Wall((accused("water", "person"),)), "water", True),
        (NO, YES, wall.Wall((accused("discipline"),)), "discipline", True),
    ],
)
def test_a_case_is_taken_back_from_whoever_must_not_have_it(
    before: Accusation, now: Accusation, made: wall.Wall, holder: str | None, is_taken_back: bool
) -> None:
    assert wall.must_recall(before, now, made, holder, TREE) is is_taken_back


@pytest.mark.parametrize(
    ("of", "organ"),
    [
        ((accused("housing"),), "discipline"),
        ((accused("archive"),), "discipline"),
        ((accused("discipline"),), "city-discipline"),
        ((accused("county"),), "discipline"),
        ((accused("orphan"),), "city-discipline"),
        ((accused("city-discipline"),), None),
        ((), "city-discipline"),
    ],
)
def test_the_nearest_discipline_organ_that_is_not_accused_itself_is_told(
    of: tuple[wall.Accused, ...], organ: str | None
) -> None:
    assert wall.organ_for(wall.Wall(of), TREE) == organ


LISTED = (
    Unit("a", names=("青禾县水务局", "水利局")),
    Unit("b", names=("青禾县水务局河道所", "河道所")),
    Unit("c", names=("青禾县教育局", "教育局")),
    Unit("d", names=("禾阳市教育局", "教育局")),
    Unit("e", names=("", "")),
)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("青禾县水务局", "a"), ("水利局", "a"), ("青禾县 水务局。", "a"), ("青禾县水务局王科长", "a"),
        ("青禾县水务局河道所的人", "b"), ("教育局", None), ("青禾县教育局和青禾县水务局", None),
        ("某个局", None), ("", None), (None, None), ("。。", None),
    ],
)  # fmt: skip
def test_only_words_that_leave_no_doubt_name_a_unit(words: str | None, unit: str | None) -> None:
    assert wall.certain_unit(words, LISTED) == unit


def test_other_units_that_words_may_mean_are_proposed_to_an_officer() -> None:
    assert wall.likely_units("教育局的科长", LISTED, 5) == ["c", "d"]
    assert wall.likely_units("河道所", LISTED, 5) == ["b"]
    assert wall.likely_units("水务局", LISTED, 1) == ["b"]
    assert wall.likely_units(None, LISTED, 5) == []


def test_every_branch_of_these_rules_is_tested(tmp_path: Path) -> None:
    """Runs the tests above once more, counted."""
    if os.environ.get("COUNTING_BRANCHES"):
        return
    root = Path(__file__).resolve().parents[2]
    env = {**os.environ, "COUNTING_BRANCHES": "1", "COVERAGE_FILE": str(tmp_path / "counted"),
           "PYTHONPATH": str(root)}  # fmt: skip
    call = [sys.executable, "-m", "coverage"]
    measured = [*call, "run", "--branch", "--include=*/domain/wall.py", "-m", "pytest", "-q", "-n", "0",
                "-p", "no:cacheprovider", __file__]  # fmt: skip
    ran = subprocess.run(measured, cwd=root, env=env, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    report = subprocess.run([*call, "report", "--fail-under=100", "--show-missing"], cwd=root, env=env,
                            capture_output=True, text=True)  # fmt: skip
    assert report.returncode == 0, report.stdout
