"""Two names or two numbers in a field for one: the sentence says so, and nothing is cut off or glued together."""

from __future__ import annotations

import pytest

from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.petition_fields import check_field
from kiosk_api.gateways.identity import ChinaIdentity

IDENTITY = ChinaIdentity()


def refusal(field: str, text: str) -> str:
    with pytest.raises(DomainError) as refused:
        check_field(field, text, IDENTITY)
    return refused.value.detail


@pytest.mark.parametrize(
    "text", ["王大山，刘小草", "王大山 和 刘小草", "王大山/刘小草", "古丽·买买提；王大山", "Ana Lopez, Li Wei", "甲厂工会、乙厂工会"]
)  # fmt: skip
def test_several_names_are_refused_with_what_to_do(text: str) -> None:
    assert "一个人" in refusal("name", text) and "代表人" in refusal("name", text)


@pytest.mark.parametrize("text", ["和平里工会", "王及第", "江苏和记公司", "与众合作社"])
def test_a_name_that_holds_such_a_word_is_one_name(text: str) -> None:
    assert check_field("name", text, IDENTITY) == text


@pytest.mark.parametrize(
    "text",
    ["13800002233/13900004455", "13800002233、0571-88886666", "13800002233 13900004455", "13800002233或13900004455", "138 0000 2233，139 0000 4455"],
)  # fmt: skip
def test_several_numbers_are_refused_with_what_to_do(text: str) -> None:
    assert "只写一个电话" in refusal("phone", text)


@pytest.mark.parametrize("text", ["138000022334", "13800002233/44", "13800/22"])
def test_a_wrong_number_is_not_called_several(text: str) -> None:
    assert "只写一个电话" not in refusal("phone", text)
