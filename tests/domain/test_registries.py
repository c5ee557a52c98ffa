"""Each window and each field has one entry; these tests report what is missing elsewhere."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import tomllib

from kiosk_api.domain.petition import Petition
from kiosk_api.domain.petition_fields import FIELDS, FORM_FIELDS, PetitionField
from kiosk_api.domain.routing_lexicon import CUES, PRIOR
from kiosk_api.domain.statute import ARTICLES
from kiosk_api.domain.windows import WINDOWS, Window

ROOT = Path(__file__).resolve().parents[2]
ON_SITE = {
    one["key"]: one
    for one in tomllib.loads((ROOT / "handbook/windows.toml").read_text(encoding="utf-8"))["window"]
    if one.get("kind", "window") == "window"
}
MATTERS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "nlu_data/matters").glob("*.md"))


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_field_has_its_place_in_the_record(field: PetitionField) -> None:
    places = {one.name: one for one in dataclasses.fields(Petition)}
    assert (places[field.name].default is dataclasses.MISSING) == field.required


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_field_says_what_to_do_when_it_is_wrong(field: PetitionField) -> None:
    assert field.label and field.desk_label and field.least <= field.longest
    assert field.example or field.checker.__name__ != "_plain"


def test_the_form_asks_for_every_field_that_has_a_question_and_for_persons_last() -> None:
    assert {one.name for one in FORM_FIELDS} == {one.name for one in FIELDS.values() if one.question}
    assert [one.of_person for one in FORM_FIELDS] == sorted(one.of_person for one in FORM_FIELDS)


def test_every_text_of_the_record_is_a_field() -> None:
    texts = {one.name for one in dataclasses.fields(Petition) if one.type in ("str", "str | None")}
    assert texts - set(FIELDS) == {"window_choice"}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_a_window_rests_on_articles_that_are_known(window: Window) -> None:
    assert window.articles and set(window.articles) <= set(ARTICLES)


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_each_window_has_cues_and_training_data(window: Window) -> None:
    assert window.key in PRIOR or window.key in {cue.window for cue in CUES}
    assert f"| {window.key} |" in MATTERS


def test_a_hall_lists_the_same_windows_under_the_same_names() -> None:
    assert {key: one["label"] for key, one in ON_SITE.items()} == {
        window.key: window.label for window in WINDOWS.values()
    }
