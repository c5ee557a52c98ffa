"""The scripts under node: nothing leaves the machine, faults come with their trace."""

from __future__ import annotations

import random

import pytest

from kiosk_api.domain.spoken import without_numbers
from tests.js.node import Scripts

SIGNS = "01239０１９-* Xx话"


def test_only_the_pages_own_files_can_be_fetched(scripts: Scripts) -> None:
    with pytest.raises(RuntimeError, match="not a file of the pages: http://127.0.0.1:9/"):
        scripts.call("../../../../tests/js/fetching.js", "get", "http://127.0.0.1:9/")
    assert scripts.call("../../../../tests/js/fetching.js", "get", "pinyin/a.txt") == 200
    assert scripts.call("../../../../tests/js/fetching.js", "get", "pinyin/none.txt") == 404


def test_a_fault_in_a_script_fails_the_test(scripts: Scripts) -> None:
    with pytest.raises(RuntimeError, match="pinyin.js"):
        scripts.call("keyboard/pinyin.js", "candidates", None)
    with pytest.raises(RuntimeError, match="Cannot find module"):
        scripts.call("none.js", "none")


def test_the_page_shortens_numbers_as_the_server_does(scripts: Scripts) -> None:
    chance = random.Random(13)
    texts = [
        "电话13912345678。",
        "139-1234-5678",
        "*******5678",
        "11010519491231002X",
        "请拨12345或12389",
        "电话１３９１２３４５６７８。",
        "咨询电话：010-12345678",
        "400-123-4567",
        "2026年3月17日",
    ]
    texts += ["".join(chance.choices(SIGNS, k=chance.randint(5, 40))) for _ in range(500)]
    assert [scripts.call("core/sentences.js", "withoutNumbers", one) for one in texts] == [
        without_numbers(one) for one in texts
    ]
