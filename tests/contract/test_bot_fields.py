"""The fields, windows and states in the bot are those that the API publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_type_hints, is_typeddict

import pytest
from flask import Flask

from bot.dialogue import api_answers, cases, record
from bot.petition_fields import FIELD, FIELDS, PetitionField, check_name
from bot.understanding.extra import WINDOW_NAMES
from bot.understanding.matters import KINDS, WINDOWS
from kiosk_api.web.api.publishing import document
from tests.bot.helpers import ANSWERS
from tests.conversations.fake_api import FakeKiosk
from tests.factories import fresh_app

VALUES = {**ANSWERS, "id_number": "11010519491231002X", "amount": "一万二千元", "happened": "去年三月"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return fresh_app(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def schemas(app: Flask) -> dict[str, Any]:
    return dict(document(app)["components"]["schemas"])


def resolved(schemas: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference names, or itself."""
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def allowed(schema: Mapping[str, Any]) -> set[str]:
    """The values of an enumeration, also of one that may be null."""
    return {value for one in (schema, *schema.get("anyOf", ())) for value in one.get("enum", ())}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_is_published_under_its_path_and_as_optional(schemas: dict[str, Any], field: PetitionField) -> None:
    at: Mapping[str, Any] = schemas["PetitionBody"]
    *groups, key = field.path.split(".")
    for group in groups:
        assert group in at["required"]
        at = resolved(schemas, at["properties"][group])
    assert key in at["properties"], f"POST /petitions has no {field.path}"
    assert (key not in at["required"]) == field.optional


def test_the_bot_asks_for_everything_that_is_required(schemas: dict[str, Any]) -> None:
    required = {
        *schemas["PetitionBody"]["required"],
        *(f"petitioner.{one}" for one in schemas["Petitioner"]["required"]),
    }
    assert required - {"petitioner", "consent"} == {field.path for field in FIELDS if not field.optional}


def test_a_whole_petition_of_the_bot_has_published_members_only(schemas: dict[str, Any]) -> None:
    people = [{"name": "李四", "phone": "13812345678"}]
    state = {**VALUES, "representatives": people, "route_answers": {"judged": "yes"}, "confidential": True}
    sent = record.body(state)
    assert set(sent) <= set(schemas["PetitionBody"]["properties"])
    assert set(sent["petitioner"]) == set(schemas["Petitioner"]["properties"])
    assert set(people[0]) == set(schemas["Representative"]["properties"])


@pytest.mark.parametrize("name", sorted(VALUES))
def test_one_value_is_checked_and_masked_alike(app: Flask, name: str) -> None:
    answer = app.test_client().post(
        "/internal/v1/fields/check",
        json={"field": check_name(name), "value": VALUES[name]},
        headers={"X-Bot-Key": app.extensions["kiosk"].bot_key},
    )
    said = answer.get_json()
    assert answer.status_code == 200 and said["ok"], said
    shown = record.shown(name, said["value"])
    assert (shown != said["value"]) == (said["masked"] != said["value"]) == FIELD[name].masked
    assert shown[-4:] == said["masked"][-4:]


def test_the_windows_are_the_published_ones(app: Flask, schemas: dict[str, Any]) -> None:
    assert set(WINDOWS) == allowed(schemas["PetitionBody"]["properties"]["window_choice"])
    labels = {one["key"]: one["label"] for one in app.test_client().get("/api/v1/windows").get_json()["windows"]}
    for key in WINDOWS:
        label = labels[key]
        names = [name for name, meant in WINDOW_NAMES.items() if meant == key]
        assert any(label.startswith(name) for name in names), f"rows of a bureau cannot name {label}: {names}"


def test_the_kinds_and_states_are_published(schemas: dict[str, Any]) -> None:
    assert set(KINDS) == allowed(schemas["Route"]["properties"]["kind"])
    assert allowed(schemas["Deadline"]["properties"]["state"]) >= cases.OPEN_DEADLINES
    assert {*cases.ACTIONS, "request_review"} <= set(schemas["Can"]["properties"])


ANSWERS_READ = [one for one in vars(api_answers).values() if is_typeddict(one) and one is not api_answers.Checked]


@pytest.mark.parametrize("read", ANSWERS_READ, ids=lambda read: read.__name__)
def test_what_the_bot_reads_in_an_answer_is_published(schemas: dict[str, Any], read: type) -> None:
    assert set(get_type_hints(read)) <= set(schemas[read.__name__]["properties"])


def test_the_stand_in_of_the_bots_tests_names_published_states(schemas: dict[str, Any]) -> None:
    kiosk = FakeKiosk()
    case = kiosk.handle("POST", "/api/v1/cases/lookup", {"lookup_token": "t"}, None)[1]
    registered = kiosk.handle("POST", "/api/v1/petitions", record.body(VALUES), "k" * 8)[1]
    assert {case["status"], registered["status"]} <= allowed(schemas["Status"])
    assert {one["event"] for one in case["timeline"]} <= allowed(schemas["Action"])


def test_the_ratings_are_published_and_understood(schemas: dict[str, Any]) -> None:
    for whose in ("petition_office", "responsible_unit"):
        assert set(cases.RATINGS.values()) == allowed(schemas["RateBody"]["properties"][whose]) - {""}
    assert {label: cases.rating_in(label) for label in cases.RATINGS} == cases.RATINGS
