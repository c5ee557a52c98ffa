"""A list of units is read whole, or every wrong line is named and nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.domain.unit_files import COLUMNS, MOST_PROBLEMS, read_units
from kiosk_api.domain.units import Unit
from kiosk_api.sample.district import FILE, as_csv
from kiosk_api.services.organisation.units import load_units
from tests.factories import UNIT, fresh_app

HEAD = ",".join(COLUMNS)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


def stored(app: Flask) -> list[Unit]:
    with app.extensions["kiosk"].store.read() as records:
        return list(records.units.all())


def sheet(*lines: str) -> str:
    return "\n".join([HEAD, *lines, ""])


def test_the_sample_county_is_what_its_program_writes() -> None:
    assert FILE.read_text(encoding="utf-8") == as_csv()


def test_the_sample_county_has_three_levels_of_places_and_fifty_five_departments(app: Flask) -> None:
    kinds = [unit.kind for unit in stored(app)]
    places = {kind: kinds.count(kind) for kind in ("street", "community", "cell", "department")}
    assert places == {"street": 12, "community": 76, "cell": 456, "department": 55}
    assert {"court", "procuratorate", "discipline", "administrative_reconsideration"} < set(kinds)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("B 1,,department,甲局,,,,,", "id"),
        ("b1,,office,甲局,,,,,", "kind"),
        ("b1,,unlisted,甲局,,,,,", "kind"),
        ("b1,,department,,,,,,", "name"),
        ("b1,,department,甲局,,,,2026-02-30,", "active_from"),
        ("b1,,department,甲局,,,,2026-02-02,2026-02-01", "active_to"),
        ("b1,,department,甲局,,,a1,,", "active_to"),
        ("b1,none,department,甲局,,,,,", "parent_id"),
        ("b1,,department,甲局,,none,,,", "superior_id"),
        ("b1,b1,department,甲局,,,,,", "parent_id"),
        ("b1,,department,乙局,,,,,", "name"),
        ("a1,,department,甲局,,,,,", "id"),
        ("b1,,department,甲局,,,,,,one more", ""),
        (f"b1,,department,甲局,{'；'.join(['别名'] * 21)},,,,", "aliases"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_with_its_column(line: str, column: str) -> None:
    _, problems = read_units(sheet("a1,,department,乙局,,,,,", line))
    assert (3, column) in [(one.line, one.column) for one in problems]
    assert all(one.detail for one in problems)


def test_superiors_that_go_round_in_a_circle_are_refused() -> None:
    _, problems = read_units(
        sheet("a1,a3,department,甲局,,,,,", "a2,a1,department,乙局,,,,,", "a3,a2,department,丙局,,,,,")
    )
    assert {one.column for one in problems} == {"parent_id"} and len(problems) == 3


def test_a_missing_column_is_named() -> None:
    _, problems = read_units("id,name\na,甲局\n")
    assert {one.column for one in problems} == set(COLUMNS) - {"id", "name"}


def test_five_hundred_wrong_lines_are_all_named_and_nothing_changes(app: Flask) -> None:
    before = stored(app)
    good = as_csv().splitlines()[:200]
    wrong = [f"W{number},,department,第{number}局,,,,," for number in range(MOST_PROBLEMS)]
    done = load_units(app.extensions["kiosk"], "\n".join([*good, *wrong]).encode())
    assert [one.line for one in done.problems] == list(range(201, 701))
    assert done.units == 0 and stored(app) == before


def test_files_of_a_spreadsheet_are_read_in_both_encodings(app: Flask) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        done = load_units(app.extensions["kiosk"], as_csv().encode(encoding))
        assert done.problems == [] and done.units == len(as_csv().splitlines()) - 1


def test_a_file_that_is_no_text_is_refused(app: Flask) -> None:
    assert load_units(app.extensions["kiosk"], b"\xff\xfe\xff\x80\xff").problems


def test_a_unit_that_is_left_out_stops_working_today(app: Flask) -> None:
    kept = "\n".join(line for line in as_csv().splitlines() if not line.startswith("u-0255,"))
    done = load_units(app.extensions["kiosk"], kept.encode())
    assert (done.problems, done.ended) == ([], 1)
    ctx = app.extensions["kiosk"]
    with ctx.store.read() as records:
        unit = records.units.by_id("u-0255")
        assert unit is not None and not unit.is_active(ctx.clock.now().date())
        assert records.units.search("河道管理中心", ctx.clock.now().date(), 5) == []
    assert load_units(ctx, as_csv().encode()).problems == []  # and can be brought back
    with ctx.store.read() as records:
        assert records.units.by_id("u-0255").active_to is None
        assert records.units.by_id(UNIT) is not None
