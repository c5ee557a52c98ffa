"""Which passwords an officer may choose: length counts, not kinds of signs; what is tried first is refused."""

from __future__ import annotations

import pytest

from kiosk_api.domain.accounts import PASSWORD_MAX, password_problems
from kiosk_api.domain.policy import PASSWORD_LEAST
from kiosk_api.gateways.common_passwords import is_common


def refused(password: str, username: str = "zhou.lan", former: str = "former words of mine") -> bool:
    return bool(password_problems(username, former, password, is_common=is_common(password)))


@pytest.mark.parametrize(
    "password",
    ["four plain words here", "correct horse battery", "只用汉字写成的一句长口令", "aaaa bbbb cccc dddd e", "x" * 7 + "ytrewq zvb",
     "ALLCAPITALSPHRASE", "my office has a tall lamp", "lantern-password-river"],
)  # fmt: skip
def test_a_long_password_of_any_signs_is_taken(password: str) -> None:
    assert not refused(password)


@pytest.mark.parametrize(
    "password",
    ["1q2w3e4r5t6y", "1Q2W3E4R5T6Y", "sunshine2026!!", "2026sunshine20", "iloveyouiloveyou", "123456789987654321", "princess....1"],
)  # fmt: skip
def test_what_is_tried_first_is_refused_also_twice_and_with_figures(password: str) -> None:
    assert len(password) >= PASSWORD_LEAST and is_common(password) and refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "xinfang-2026-1",
        "zhou.lan.2026!",
        "ZHOU.LAN-zhou.lan",
        "Kiosk-Admin-001",
        "密码密码信访信访20262026",
        "ababababababab",
    ],
)
def test_ones_name_and_the_words_of_the_house_are_no_password(password: str) -> None:
    assert len(password) >= PASSWORD_LEAST and refused(password)


def test_the_shortest_and_the_longest() -> None:
    words = "lamp river stone cloud under a tall tree "
    assert refused(words[: PASSWORD_LEAST - 1]) and not refused(words[:PASSWORD_LEAST])
    longest = (words * 6)[:PASSWORD_MAX]
    assert not refused(longest) and refused(longest + "x")
    assert PASSWORD_MAX >= 64  # ASVS 5.0, 6.2.9


def test_the_former_one_is_refused() -> None:
    assert refused("former words of mine") and not refused("Former words of mine")


def test_the_list_is_the_one_that_notice_names() -> None:
    assert is_common("password") and is_common("qwerty") and not is_common("") and not is_common("lamp river stone")
