"""How a name is explained offends nobody: by things and by the parts of a character, never by a person."""

from __future__ import annotations

import pytest

from voice import names

PERSONS = (
    "小平", "世凯", "德怀", "介石", "元培", "宝玉", "金莲", "宝钗", "姚明", "嗣同", "承志", "韬奋", "曹操", "孔子", "孟子", "杜甫", "崔颢", "大乔",
    "孙子", "狗",
)  # fmt: skip


@pytest.mark.parametrize("sign", sorted(names.SURNAMES))
def test_each_surname_is_told_by_a_thing_or_by_its_parts(sign: str) -> None:
    told = names.explanation(sign)
    assert not any(one in told for one in PERSONS), told
    assert not told or told.endswith(sign)
