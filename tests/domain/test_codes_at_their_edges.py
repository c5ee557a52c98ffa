"""How codes are read, sign by sign and at the edges of each rule (the forms that people send are in test_codes_read.py)."""

from __future__ import annotations

import pytest

from kiosk_api.domain.codes_read import READ_MAX, folded, link_token, phone_tail, short_code, token_in, visible

TOKEN = "Ab-_" * 8
SITE = "https://xinfang.example"


@pytest.mark.parametrize("sign", ["\x00", "\x7f", "\u200b", "\ufeff", "\u00ad", "\ud842", "\u3164", "\ufe00", "\ufe0f"])
def test_what_nobody_sees_is_left_out(sign: str) -> None:
    assert visible(f"a{sign}b") == "ab"


@pytest.mark.parametrize("sign", ["\u0301", "\ufe20", "字", "-", "é"])
def test_what_is_seen_is_kept(sign: str) -> None:
    assert visible(f"x{sign}y") == f"x{sign}y"


@pytest.mark.parametrize("sign", ["\t", "\n", "\r", "\u00a0", "\u3000"])
def test_tabs_and_line_ends_are_blanks(sign: str) -> None:
    assert visible(f"a{sign}b") == "a b"


def test_two_thousand_signs_are_read() -> None:
    assert visible("a" * 2_001) == "a" * 2_000 and READ_MAX == 2_000


@pytest.mark.parametrize("sign", "‐‒–—−ー─━⁃˗﹣－")
def test_every_dash_is_one(sign: str) -> None:
    assert folded(f"a{sign}b") == "a-b"


def test_stops_and_strokes_of_input_methods_are_those_of_an_address() -> None:
    assert folded("a。b·c‧d・e、f") == "a.b.c.d.e/f"
    assert folded("a——b――c—d") == "a_b_c-d"


@pytest.mark.parametrize(("text", "read"), [("%23", "#"), ("%2523", "#"), ("%252523", "%23"), ("100%", "100%")])
def test_a_sign_may_be_encoded_twice(text: str, read: str) -> None:
    assert folded(text) == read


@pytest.mark.parametrize("text", ["]Q1abc", "\\000026abc", "]Q1\\000026abc", " ]Q1abc", "abc"])
def test_what_a_scanner_says_about_itself_is_left_out(text: str) -> None:
    assert folded(text) == "abc"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ABCD-EFGH", "ABCDEFGH"),
        ("abcd efgh", "ABCDEFGH"),
        ("OIL0-UUUU", "0110VVVV"),
        ("my code is ABCD-EFGH, thanks", "ABCDEFGH"),
        ("my code is ABCDEFGH, thanks", "ABCDEFGH"),
        ("first AAAA-BBBB then CCCC-DDDD", "CCCCDDDD"),
        ("first AAAABBBB then CCCCDDDD", "CCCCDDDD"),
        ("AAAABBBB or CCCC-DDDD", "CCCCDDDD"),
        ("ABCD-EFGH-", "ABCDEFGH"),
        ("ABCDEFG", "ABCDEFG"),
        ("ABCDEFGHJ", "ABCDEFGHJ"),
        ("A" * 17, "A" * 16),
        ("", ""),
    ],
)
def test_a_code_of_eight_signs_is_found_among_words(text: str, code: str) -> None:
    assert short_code(text) == code


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("5678", "5678"),
        ("后4位是5678", "5678"),
        ("后12位是5678", None),
        ("138****5678", "5678"),
        ("13800*5678", None),
        ("1234和5678", None),
        ("5678和5678", "5678"),
        ("5-6-7-8", "5678"),
        ("5 6.7 8", "5678"),
        ("五六七八", "5678"),
        ("٥٦٧٨", "5678"),
        ("567", None),
        ("56789", None),
        ("", None),
    ],
)
def test_a_tail_is_four_figures_and_nothing_near_it(text: str, tail: str | None) -> None:
    assert phone_tail(text) == tail


@pytest.mark.parametrize(
    "behind",
    [f"#{TOKEN}", f"?from={'a' * 20}#{TOKEN}", f"?{TOKEN}#wechat_redirect", f"?{TOKEN}", f"/{TOKEN}", f"#{TOKEN[:9]}\n{TOKEN[9:]}",
     f"#{TOKEN}&from=singlemessage"],
)  # fmt: skip
def test_the_token_stands_behind_the_hash_or_where_an_app_put_it(behind: str) -> None:
    assert link_token(f"{SITE}/r{behind}", "r") == TOKEN
    assert link_token(f"{SITE}/u{behind}", "u") == TOKEN
    assert link_token(f"{SITE}/u{behind}", "r") is None


@pytest.mark.parametrize("page", ["r", "u"])
def test_an_address_typed_with_caps_lock_on_is_turned_back_and_no_other_is(page: str) -> None:
    typed = f"{SITE}/{page}#{TOKEN}".swapcase()
    assert link_token(typed, page) == TOKEN
    assert link_token(typed.replace("HTTPS:", "HTTP:"), page) == TOKEN
    assert link_token(f"/{page}#{TOKEN}".swapcase(), page) == TOKEN
    assert link_token(f"{SITE}/{page}#{TOKEN} /R#", page) == TOKEN


def test_an_address_of_another_page_or_site_is_no_token() -> None:
    assert token_in(f"{SITE}/{TOKEN}") is None and token_in(f"{SITE}/help#{TOKEN}") is None
    assert token_in(TOKEN) == token_in(f"{TOKEN}。") == token_in(f" {TOKEN}more") == TOKEN
