"""The scripts of this folder, and how one is spoken, whoever carries it.

A script: {name, at?, turns}. `at` first answers all questions before that slot. A turn: {say,
expects?, contains?: [all], any?: [one of], lacks?: [none], options?: [values], case?: true}.
`{case_number}` in `say` is the number of the case registered earlier in the same script.
`session: new` before a turn begins another session; `{resume_code}` is the last code shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.conversations.talkers import Talker

HERE = Path(__file__).resolve().parent
SLOTS = ["facts", "request", "place", "about_unit", "petitioner_name", "phone", "address", "confirm"]
ANSWERS = {
    "petitioner_name": "王小明",
    "phone": "13812345678",
    "address": "城关镇和平村3组12号",
    "facts": "去年三月村里修路占了我家一亩二分地，说好的补偿款到现在一分没给，找过村里三次。",
    "request": "要求按标准把补偿款付清",
    "place": "城关镇和平村",
    "about_unit": "城关镇人民政府",
}


def scripts() -> dict[str, dict[str, Any]]:
    """All scripts of all files by name."""
    return {
        f"{path.stem}: {script['name']}": script
        for path in sorted(HERE.glob("*.yml"))
        for script in yaml.safe_load(path.read_text(encoding="utf-8"))
    }


def walk_to(talker: Talker, slot: str) -> None:
    """Answer every question before `slot`."""
    heard = talker.say("我要反映问题")
    for before in SLOTS[: SLOTS.index(slot)]:
        assert heard.expects == before
        heard = talker.say(ANSWERS[before])
    assert heard.expects == slot


def play(script: dict[str, Any], talker: Talker) -> None:
    """Say every turn of a script and check what is answered."""
    if at := script.get("at"):
        walk_to(talker, at)
    for number, turn in enumerate(script["turns"], 1):
        if turn.get("session") == "new":
            talker.begin()
        heard = talker.say(turn["say"])
        where = f"turn {number} {turn['say'][:30]!r}: expects {heard.expects!r}, said {heard.said!r}"
        if "expects" in turn:
            assert heard.expects == turn["expects"], where
        assert all(part in heard.said for part in turn.get("contains", [])), where
        assert not any(part in heard.said for part in turn.get("lacks", [])), where
        if turn.get("any"):
            assert any(part in heard.said for part in turn["any"]), where
        assert set(turn.get("options", [])) <= set(heard.options), f"{where}, options {heard.options}"
        if "case" in turn:
            assert heard.has_case is bool(turn["case"]), where
