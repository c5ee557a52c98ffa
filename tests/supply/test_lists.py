"""The list of licences and the bill of materials: complete, up to date, the same each time."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.supply.components import ROOT, Component, everything, packages, pins
from tests.supply.licences import REASONS, atoms, may_be_in, page
from tests.supply.sbom import bill


@pytest.fixture(scope="module")
def components() -> list[Component]:
    return everything()


def test_the_list_of_licences_is_up_to_date(components: list[Component]) -> None:
    stored = (ROOT / "handbook/developers/licences.md").read_text(encoding="utf-8")
    assert stored == page(components), "run `make licences`"


def test_every_licence_is_allowed_or_has_its_reason(components: list[Component]) -> None:
    assert not [f"{one.name} {one.version}: {one.licence}" for one in components if not may_be_in(one)]


def test_no_reason_is_given_for_what_is_gone(components: list[Component]) -> None:
    assert REASONS.keys() <= {one.name for one in components}


def test_an_unknown_licence_is_not_allowed() -> None:
    def one(licence: str) -> Component:
        return Component("pypi", "invented", "1", licence, {"service"})

    assert may_be_in(one("MIT")) and may_be_in(one("GPL-3.0-only OR MIT")) and may_be_in(one("MIT AND Zlib"))
    assert not may_be_in(one("GPL-3.0-only")) and not may_be_in(one("MIT AND AGPL-3.0-only"))
    assert not may_be_in(one("not stated"))
    assert atoms("(MIT OR Apache-2.0) AND BSD") == {"MIT", "Apache-2.0", "BSD"}


def test_files_in_this_tree_are_named_in_the_notice(components: list[Component]) -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    vendored = [one for one in components if one.kind == "vendored"]
    assert vendored
    for one in vendored:
        assert (ROOT / one.path).exists() and one.path.rstrip("/") in notice
        words = one.name.replace("-", " ").casefold()
        assert words in notice.replace("-", " ").casefold()
    named = {one.path for one in vendored}
    kept = (ROOT / "kiosk_api/web/static/vendor").iterdir()
    assert not [path.name for path in kept if path.suffix != ".txt" and path.relative_to(ROOT).as_posix() not in named]


def test_the_bill_of_materials_fits_its_schema_and_is_the_same_twice(components: list[Component]) -> None:
    made = bill(components, "test")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None
    assert json.dumps(made) == json.dumps(bill(everything(), "test"))
    assert "timestamp" not in made["metadata"]
    references = Counter(one["bom-ref"] for one in made["components"])
    assert set(references.values()) == {1}


def test_the_bill_names_every_pin_of_the_service_and_of_the_assistant(components: list[Component]) -> None:
    listed = {(one.name, one.version, where) for one in packages() for where in one.where}
    for lock, where in (("kiosk_api/requirements.txt", "service"), ("bot/requirements.txt", "assistant")):
        assert {(name, version, where) for name, version, _ in pins(ROOT / lock)} <= listed
    needed = [one for one in bill(components, "test")["components"] if one["scope"] == "required"]
    assert len(needed) > 200 and all(one.get("hashes") for one in needed if one["purl"].startswith("pkg:pypi"))
