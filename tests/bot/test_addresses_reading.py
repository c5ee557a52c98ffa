"""One's own address only where somebody says so or was asked; any other place is where something happened."""

from __future__ import annotations

import pytest

from tests.bot.reading import meaning, value

BOTH = "gives.address gives.place"


@pytest.mark.parametrize("text", ["我家住石桥镇柳家村4组", "我现在住在石桥镇柳家村4组", "地址：石桥镇柳家村4组"])
@pytest.mark.parametrize("asked", ["facts", "request", "phone"])
def test_what_is_said_to_be_home_is_the_address(text: str, asked: str) -> None:
    assert str(value("address", (text, "gives.address"), asked=asked)).endswith("石桥镇柳家村4组")


@pytest.mark.parametrize("text", ["在石桥镇柳家村4组", "梧桐花园6栋", "北街12号3单元"])
def test_a_place_in_an_account_is_no_address(text: str) -> None:
    found = {one.field for one in meaning(("他们挖了沟，", "gives.facts"), (text, BOTH), asked="facts").values}
    assert "address" not in found and "place" in found


@pytest.mark.parametrize("text", ["老板家住梧桐花园6栋", "他家就住石桥镇4组", "公司地址在北街12号"])
def test_where_somebody_else_lives_is_no_address_of_ones_own(text: str) -> None:
    assert value("address", (text, BOTH), asked="facts") is None


@pytest.mark.parametrize("text", ["石桥镇柳家村4组", "梧桐花园6栋301", "北街12号3单元"])
def test_down_to_the_door_is_the_address_where_one_was_asked_who_one_is(text: str) -> None:
    assert value("address", (text, "gives.address"), asked="address") == text
    assert value("address", (text, "gives.address"), asked="petitioner_name") == text


def test_parts_of_an_address_are_one_and_none_is_said_twice() -> None:
    clauses = (("石桥镇", "gives.address"), ("柳家村4组，", "gives.address"), ("柳家村4组", "gives.address"))
    assert value("address", *clauses, asked="address") == "石桥镇柳家村4组"
