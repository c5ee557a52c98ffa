"""The pages read links, numbers and codes by the server's rule: the same table of forms."""

from __future__ import annotations

from kiosk_api.domain.codes_read import mac_alike
from tests import code_forms as forms
from tests.js.node import Scripts

CODES = "core/codes.js"


def wrong(scripts: Scripts, name: str, table: dict[str, str], expected: object, *more: object) -> dict[str, object]:
    """The forms that are read otherwise than expected."""
    read = {form: scripts.call(CODES, name, text, *more) for form, text in table.items()}
    return {form: one for form, one in read.items() if one != expected}


def test_every_form_of_a_receipts_link_is_read(scripts: Scripts) -> None:
    assert wrong(scripts, "readScan", forms.LINKS, {"lookup_token": forms.TOKEN}) == {}


def test_every_form_of_a_case_number_is_read(scripts: Scripts) -> None:
    read = {form: scripts.call(CODES, "readScan", text) for form, text in forms.NUMBERS.items()}
    assert {form: one for form, one in read.items() if one.get("case_number") != forms.NUMBER} == {}


def test_every_form_of_a_receipts_code_is_read(scripts: Scripts) -> None:
    for form, text in forms.VERIFY_CODES.items():
        read = scripts.call(CODES, "readScan", text)
        assert read["case_number"] == forms.NUMBER, form
        assert mac_alike(read["mac"]) == mac_alike(forms.MAC), form


def test_every_form_of_a_call_back_code_is_read(scripts: Scripts) -> None:
    assert wrong(scripts, "shortCode", forms.SHORT_CODES, forms.SHORT) == {}
    assert wrong(scripts, "shortCode", forms.NUMBERS, "") == {}


def test_every_form_of_a_phones_tail_may_be_sent(scripts: Scripts) -> None:
    assert wrong(scripts, "tailOrPhone", forms.TAILS, True) == {}
    assert wrong(scripts, "tailOrPhone", {one: one for one in forms.NO_TAILS[:-1]}, False) == {}
    for phone in ("13912345678", "+86 139-1234-5678", "025-58881234转8001", "１３９１２３４５６７８"):
        assert scripts.call(CODES, "tailOrPhone", phone) is True


def test_other_codes_are_told_apart(scripts: Scripts) -> None:
    assert wrong(scripts, "readScan", forms.NO_RECEIPTS, {"not": "other"}) == {}
    assert scripts.call(CODES, "readScan", f"{forms.SHOP}/u#{forms.TOKEN}") == {"not": "upload"}
    for cut in (f"{forms.SHOP}/r#abc", f"{forms.SHOP}/r", f"{forms.SHOP}/verify?code=", forms.NUMBER[:-4]):
        assert scripts.call(CODES, "readScan", cut) == {"not": "cut"}, cut


def test_the_address_of_a_page_is_read_whatever_an_app_has_made_of_it(scripts: Scripts) -> None:
    token = forms.TOKEN
    for pathname, search, fragment in (
        ("/r", "", f"#{token}"),
        ("/r", "?from=singlemessage", f"#{token}#wechat_redirect"),
        (f"/r%23{token}", "", ""),
        (f"/r/{token}", "?from=timeline", ""),
        ("/r", f"?{token}&from=groupmessage", ""),
        ("/r", "", f"#{token}%E3%80%82"),
    ):
        place = {"pathname": pathname, "search": search, "hash": fragment}
        assert scripts.call(CODES, "pageToken", place, "r") == token
    assert scripts.call(CODES, "pageToken", {"pathname": "/r", "search": "?from=timeline", "hash": ""}, "r") is None
