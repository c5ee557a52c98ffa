"""Names and offices of accounts at the edges of what is allowed, and how a refusal is told."""

from __future__ import annotations

import string

import pytest

from kiosk_api.domain.accounts import (
    ACCOUNT_ROLES,
    READ_LABELS,
    READERS,
    UNIT_ROLES,
    name_problems,
    office_problems,
    password_problems,
    require_one_left,
)
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.workflow_types import Role


@pytest.mark.parametrize(("length", "fine"), [(0, False), (1, False), (2, True), (64, True), (65, False)])
def test_a_name_at_sign_in_has_2_to_64_signs(length: int, fine: bool) -> None:
    assert [(one.field, one.code) for one in name_problems("a" * length, "某")] == (
        [] if fine else [("username", "invalid")]
    )


@pytest.mark.parametrize("sign", string.ascii_letters + string.digits + "._-")
def test_letters_figures_dot_underscore_and_dash_stand_in_a_name(sign: str) -> None:
    assert name_problems(f"a{sign}", "某") == []


@pytest.mark.parametrize("sign", " @/\\'\"<甲é\x00")
def test_no_other_sign_does(sign: str) -> None:
    assert [one.field for one in name_problems(f"a{sign}b", "某")] == ["username"]


@pytest.mark.parametrize(("length", "fine"), [(0, False), (1, True), (64, True), (65, False)])
def test_a_shown_name_has_1_to_64_signs(length: int, fine: bool) -> None:
    assert [(one.field, one.code) for one in name_problems("ab", "某" * length)] == (
        [] if fine else [("display_name", "required")]
    )


def test_both_names_are_told_at_once() -> None:
    assert [one.field for one in name_problems("", "")] == ["username", "display_name"]


@pytest.mark.parametrize("role", Role)
def test_an_office_is_a_role_of_staff_with_a_unit_where_it_needs_one(role: Role) -> None:
    of_staff = role not in (Role.PETITIONER, Role.SYSTEM)
    needs = role in (Role.RESPONSIBLE_UNIT, Role.UNIT_LEADER)
    expected = [("role", "unknown_role")] if not of_staff else [("unit", "required")] if needs else []
    assert [(one.field, one.code) for one in office_problems(role, "")] == expected
    assert bool(office_problems(role, "u-1")) is not of_staff
    assert (role in ACCOUNT_ROLES, role in UNIT_ROLES) == (of_staff, needs)
    assert (role in READERS) is (of_staff and role is not Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("password", "fine"),
    [("abcd abcdabc", True), ("abcdabcdabcd", False), ("abcdeabcdeab", True), ("kiosk vwxyz kiosk", True), ("kiosk vwxy kiosk", False),
     ("zhou lan vwxyz", True)],
)  # fmt: skip
def test_five_different_signs_are_the_fewest(password: str, fine: bool) -> None:
    found = password_problems("zhou.lan", "before", password)
    assert [(one.field, one.code) for one in found] == ([] if fine else [("new", "weak_password")])


@pytest.mark.parametrize(
    "word",
    ["xinfang", "petition", "kiosk", "password", "passwort", "mima", "admin", "qwerty", "office", "信访", "密码"],
)
def test_each_word_of_the_house_counts_for_nothing(word: str) -> None:
    assert password_problems("zhou.lan", "before", f"{word}-1234567890-{word}")


def test_what_was_read_is_one_of_three_things() -> None:
    assert set(READ_LABELS) == {"case", "picture", "document"}


def test_the_last_administrator_is_kept() -> None:
    require_one_left({"a", "b"}, "a")
    require_one_left({"b"}, "a")
    with pytest.raises(DomainError, match="last_administrator"):
        require_one_left({"a"}, "a")
