"""The list of ASVS 5.0 is complete for levels 1 and 2, and every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "handbook/developers/asvs.md"
# Section → the level of each of its requirements, in order (OWASP ASVS 5.0.0).
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33",
    "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23", "9.1": "111", "9.2": "1222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
}  # fmt: skip
WHOLE = {"10": "OAuth", "17": "WebRTC"}
"""Chapters about what this service does not use."""
ROW = re.compile(r"\| ([\d.]+) \| ([12*]) \| ([^|]+) \| (.+) \|")
NAMED = re.compile(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`")
FILE = re.compile(r"`((?:handbook|kiosk_api|deploy)/[\w/.-]+)`")


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_every_requirement_of_both_levels_is_listed_once_with_its_level() -> None:
    wanted = {
        (f"{section}.{place}", level)
        for section, levels in LEVELS.items()
        for place, level in enumerate(levels, 1)
        if level in "12"
    }
    listed = [(number, level) for number, level, _, _ in rows() if number not in WHOLE]
    assert len(listed) == len(set(listed)) and set(listed) == wanted
    assert {number for number, *_ in rows()} >= set(WHOLE)


def test_each_row_names_a_test_or_says_why_not() -> None:
    bare = [
        number
        for number, _, _, by in rows()
        if not by.startswith(("`tests/", "**reason**: ", "**gap**: ", "**handbook**: "))
    ]
    assert not bare
    assert all(len(by) > 14 for *_, by in rows())


@pytest.mark.parametrize("number", [number for number, *_ in rows()])
def test_what_a_row_names_is_there(number: str) -> None:
    by = next(by for one, _, _, by in rows() if one == number)
    for path, name in NAMED.findall(by):
        source = ROOT / path
        assert source.exists(), path
        assert not name or re.search(rf"^(?:    )?def {name}\(", source.read_text(encoding="utf-8"), re.MULTILINE), name
    assert all((ROOT / one).exists() for one in FILE.findall(by))
