"""The talk finds case numbers, receipt links, codes and phone tails in every form in which they are sent."""

from __future__ import annotations

import pytest

from bot.dialogue import codes, extraction
from tests import code_forms as forms


@pytest.mark.parametrize("text", forms.NUMBERS.values(), ids=forms.NUMBERS)
def test_a_case_number_is_found(text: str) -> None:
    found = codes.case_number_in(text)
    assert found is not None
    assert found.replace("O", "0").replace("L", "1") == forms.NUMBER


TYPED = {
    name: one
    for name, one in forms.LINKS.items()
    if "caps" not in name and "line end" not in name and "blank" not in name
}


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_a_receipts_link_is_found(text: str) -> None:
    assert codes.token_in(text) == forms.TOKEN


@pytest.mark.parametrize("text", forms.TAILS.values(), ids=forms.TAILS)
def test_a_phones_tail_is_found(text: str) -> None:
    assert extraction.phone_tail_in(text) == "5678"


@pytest.mark.parametrize("text", forms.NUMBERS.values(), ids=forms.NUMBERS)
def test_figures_of_a_case_number_are_no_phones_tail(text: str) -> None:
    assert extraction.phone_tail_in(text) is None
    assert extraction.phone_tail_in(f"{text} 后四位5678") == "5678"


@pytest.mark.parametrize("text", forms.SHORT_CODES.values(), ids=forms.SHORT_CODES)
def test_a_code_to_go_on_with_is_found(text: str) -> None:
    found = extraction.resume_code_in(text)
    assert found is not None
    assert found.replace("-", "").replace("L", "1").replace("O", "0") == forms.SHORT


@pytest.mark.parametrize(
    "text", ["我要反映问题", "XF2026", "前进路r#号", f"{forms.SHOP}/r#short", *forms.NO_RECEIPTS.values()]
)
def test_nothing_else_names_a_case(text: str) -> None:
    assert not codes.names_case(text)
