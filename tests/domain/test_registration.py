"""What an officer may register, what it lacks, and how the person can be reached."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.limits import PEOPLE_MAX, SHORT_MAX
from kiosk_api.domain.registration import BY_STAFF, Arrival, Channel, Reach, parse_registration
from kiosk_api.gateways.identity import ChinaIdentity

TODAY = date(2026, 3, 2)
LEAST: dict[str, Any] = {
    "channel": "letter",
    "received_on": "2026-03-01",
    "reach": "not_at_all",
    "facts": "路灯坏了没人修",
}
CLEAR: dict[str, Any] = {
    "channel": "phone", "received_on": "2026-03-02", "reach": "phone", "facts": "路灯坏了没人修", "request": "请修好",
    "petitioner": {"name": "钱多米", "address": "江畔区望江社区3幢", "phone": "13912345678"},
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "channel": "visit", "received_on": "2026-03-02", "reach": "through_someone", "reach_through": "  请居委会\n转告 ",
    "petitioner": {"name": "钱多米", "address": "江畔区望江社区3幢", "phone": "13912345678"}, "people": 12,
    "request": "请修好路灯", "facts": "路灯坏了没人修", "unclear": ["name"], "attachments": "a" * 32,
    "representatives": [{"name": "李大川"}],
}  # fmt: skip


def read(**changes: Any) -> Any:
    return parse_registration({**LEAST, **changes}, ChinaIdentity(), TODAY)


def wrong(body: object) -> list[str]:
    with pytest.raises(DomainError) as refused:
        parse_registration(body, ChinaIdentity(), TODAY)
    assert refused.value.code == "invalid_petition"
    return [one.field for one in refused.value.errors]


def test_the_least_that_can_be_registered() -> None:
    found = read()
    assert (found.petition.name, found.petition.phone, found.petition.request) == ("", "", "")
    assert found.arrival.missing == ("name", "address", "phone", "request")
    assert found.arrival.reaches_nobody and not found.arrival.can_be_told_in_writing


def test_everything_that_can_be_stated_is_kept() -> None:
    found = parse_registration(WHOLE, ChinaIdentity(), TODAY)
    assert found.arrival == Arrival(
        Channel.VISIT, TODAY, Reach.THROUGH_SOMEONE, "请居委会 转告", missing=("name",), people=12
    )
    assert [one.name for one in found.petition.speakers] == ["钱多米", "李大川"]


@pytest.mark.parametrize("body", [LEAST, CLEAR, WHOLE])
def test_what_the_event_records_is_read_back(body: dict[str, Any]) -> None:
    arrival = parse_registration(body, ChinaIdentity(), TODAY).arrival
    assert Arrival.from_data(arrival.to_data()) == arrival
    assert all(isinstance(one, str) for one in arrival.to_data().values())


def test_what_came_over_the_network_has_no_arrival() -> None:
    assert Arrival.from_data({"assisted_by": "王敏"}) is None
    assert Channel.NETWORK not in BY_STAFF


@pytest.mark.parametrize(("reach", "missing", "nobody"), [
    ("not_at_all", ("name",), True), ("not_at_all", ("phone",), False), ("in_person", ("name", "address"), False),
])  # fmt: skip
def test_nobody_is_reached_only_without_a_name_or_address_and_without_any_way(
    reach: str, missing: tuple[str, ...], nobody: bool
) -> None:
    assert Arrival(Channel.LETTER, TODAY, Reach(reach), missing=missing).reaches_nobody == nobody


@pytest.mark.parametrize(("changes", "field"), [
    ({"channel": None}, "channel"), ({"channel": ["letter"]}, "channel"),
    ({"received_on": None}, "received_on"), ({"received_on": 20260301}, "received_on"),
    ({"received_on": "昨天"}, "received_on"), ({"received_on": "2026-03-03"}, "received_on"),
    ({"received_on": "1999-12-31"}, "received_on"),
    ({"reach": "phone"}, "petitioner.phone"), ({"reach": "post"}, "petitioner.address"), ({"reach": None}, "reach"), ({"reach": ["post"]}, "reach"),
    ({"reach": "through_someone", "reach_through": "……"}, "reach_through"),
    ({"reach": "through_someone", "reach_through": "请" * (SHORT_MAX + 1)}, "reach_through"),
    ({"unclear": "name"}, "unclear"), ({"unclear": ["phone"]}, "unclear"), ({"unclear": [1]}, "unclear"),
    ({"people": True}, "people"), ({"people": 0}, "people"), ({"people": PEOPLE_MAX + 1}, "people"),
    ({"people": "三个"}, "people"), ({"petitioner": "钱多米"}, "petitioner"), ({"attachments": "?"}, "attachments"),
    ({"confidential": "yes"}, "confidential"), ({"window_choice": "kitchen"}, "window_choice"),
    ({"route_answers": [1]}, "route_answers"), ({"consent": True}, "body"), ({"facts": "？"}, "facts"),
])  # fmt: skip
def test_a_wrong_field_is_named(changes: dict[str, Any], field: str) -> None:
    assert wrong({**LEAST, **changes}) == [field]


@pytest.mark.parametrize("given", [1, "\ud800", ["请人"]])
def test_what_is_no_text_is_named(given: object) -> None:
    assert "reach_through" in wrong({**LEAST, "reach": "through_someone", "reach_through": given})


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert set(wrong({})) == {"facts", "channel", "received_on", "reach"}
    assert wrong("来信") == []
