"""Links, numbers and codes are read in every form in which apps, input methods and scanners hand them on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.domain.case_number import parse, parse_with_mac
from kiosk_api.domain.codes_read import link_token, mac_alike, phone_tail, short_code, token_in
from kiosk_api.domain.errors import DomainError
from tests import code_forms as forms


@pytest.mark.parametrize("text", forms.LINKS.values(), ids=forms.LINKS)
def test_the_token_of_a_changed_link_is_read(text: str) -> None:
    assert token_in(text) == forms.TOKEN


@pytest.mark.parametrize("text", forms.LINKS.values(), ids=forms.LINKS)
def test_a_link_for_pictures_is_read_by_the_same_rule_and_is_no_receipt(text: str) -> None:
    for_pictures = text.replace("/r", "/u").replace("、r", "、u").replace("／ｒ", "／ｕ").replace("/R", "/U")
    assert link_token(for_pictures, "u") == forms.TOKEN
    assert link_token(for_pictures, "r") is None


@pytest.mark.parametrize("text", forms.TOKENS.values(), ids=forms.TOKENS)
def test_a_token_alone_is_read_up_to_the_first_foreign_sign(text: str) -> None:
    assert token_in(text) == forms.TOKEN


@pytest.mark.parametrize(
    "text", ["", "abc", "。", f"{forms.SHOP}/r#short", f"{forms.SHOP}/r", "http://[::1", "%%%", "\ud842"]
)
def test_what_cannot_be_a_token_is_none(text: str) -> None:
    assert token_in(text) is None


@pytest.mark.parametrize("text", forms.NO_RECEIPTS.values(), ids=forms.NO_RECEIPTS)
def test_other_codes_hold_no_receipts_link(text: str) -> None:
    assert link_token(text, "r") is None


@pytest.mark.parametrize("text", forms.NUMBERS.values(), ids=forms.NUMBERS)
def test_a_case_number_is_read(text: str) -> None:
    assert parse(text) == forms.NUMBER


@pytest.mark.parametrize("text", [forms.NUMBER[2:], "F" + forms.NUMBER[2:], forms.NUMBER[2:].replace("-", "")])
def test_a_number_without_its_letters_is_known_by_its_check(text: str) -> None:
    if text.startswith("F"):
        pytest.raises(DomainError, parse, text)
    else:
        assert parse(text) == forms.NUMBER


def test_a_number_beside_more_of_the_same_is_not_cut_out() -> None:
    for text in (forms.NUMBER + "9", forms.NUMBER.replace("-", "") + "ABC", forms.NUMBER[:-1]):
        pytest.raises(DomainError, parse, text)


def test_an_identity_number_is_no_case_number() -> None:
    pytest.raises(DomainError, parse, "110105194912310021")


@pytest.mark.parametrize("text", forms.VERIFY_CODES.values(), ids=forms.VERIFY_CODES)
def test_a_receipts_code_is_read(text: str) -> None:
    number, mac = parse_with_mac(text)
    assert (number, mac_alike(mac)) == (forms.NUMBER, mac_alike(forms.MAC))


def test_a_number_without_its_signature_has_none() -> None:
    assert parse_with_mac(forms.NUMBER) == (forms.NUMBER, "")
    assert parse_with_mac(f"{forms.NUMBER}.EVMU") == (forms.NUMBER, "")


@pytest.mark.parametrize("text", forms.SHORT_CODES.values(), ids=forms.SHORT_CODES)
def test_a_code_of_eight_signs_is_read(text: str) -> None:
    assert short_code(text) == forms.SHORT


@pytest.mark.parametrize("text", forms.TAILS.values(), ids=forms.TAILS)
def test_the_tail_of_a_phone_is_read(text: str) -> None:
    assert phone_tail(text) == "5678"


@pytest.mark.parametrize("text", [*forms.NO_TAILS, "13800005678", "025-58881234"])
def test_anything_else_is_no_tail(text: str) -> None:
    assert phone_tail(text) is None


@given(st.text())
def test_no_text_at_all_makes_a_reader_fail(text: str) -> None:
    token_in(text), link_token(text, "u"), phone_tail(text)
    assert len(short_code(text)) <= 16
    with pytest.raises(DomainError):
        parse(text)
