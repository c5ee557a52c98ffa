"""Which signs are Chinese characters is said once for the assistant and once for the API, and means all of Unicode's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import characters
from kiosk_api.domain import typed

ROOT = Path(__file__).resolve().parents[2]
SAID_IN = {"bot/characters.py", "kiosk_api/domain/typed.py"}
# The first block alone, or with extension A, written out; the narrower 一-龥 of Unicode 1 as well.
A_RANGE = re.compile(r"\\u(?:3400|4e00)-(?!\\u4dbf)|[\u3400\u4e00]-[\u9fa5-\u9fff]", re.I)
ONE_OF_EACH = {
    "first block": "王", "zero": "〇", "repetition": "々", "extension A": "㼆", "extension B": "𠮷", "extension C": "𪜶", "extension D": "𫝆",
    "extension E": "𫠠", "extension F": "𬺰", "extension G": "𰻝", "extension H": "\U00031350", "extension I": "\U0002ebf0", "compatibility": "\uf9d0",
    "compatibility supplement": "\U0002f80a", "radical": "⼈", "radical supplement": "⺅",
}  # fmt: skip


@pytest.mark.parametrize("package", ["bot", "kiosk_api"])
def test_no_other_file_says_which_signs_are_chinese_characters(package: str) -> None:
    own = [
        name
        for path in (ROOT / package).rglob("*.py")
        if A_RANGE.search(path.read_text(encoding="utf-8")) and (name := str(path.relative_to(ROOT))) not in SAID_IN
    ]
    assert not own


@pytest.mark.parametrize("block", ONE_OF_EACH)
@pytest.mark.parametrize("said", [characters.HAN, typed.HAN], ids=["assistant", "API"])
def test_characters_of_every_block_are_chinese_characters(block: str, said: str) -> None:
    assert re.fullmatch(f"[{said}]", ONE_OF_EACH[block])


@pytest.mark.parametrize("sign", ["a", "é", "あ", "ア", "김", "ب", "བ", "1", "·", "，", " ", "😀"])
def test_other_signs_are_none(sign: str) -> None:
    assert not re.fullmatch(f"[{characters.HAN}]", sign)
    assert not re.fullmatch(f"[{typed.HAN}]", sign)
