"""Every script in this folder, spoken to the whole running stack over POST /api/v1/chat.

A script: {name, at?, turns}. `at` first answers all questions before that slot. A turn: {say,
expects?, contains?: [all], any?: [one of], lacks?: [none], options?: [values], case?: true}.
`{case_number}` in `say` is the number of the case registered earlier in the same script.
`session: new` before a turn begins another session; `{resume_code}` is the last code shown.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import pytest
import yaml

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


def scripts() -> list[Any]:
    """All scripts of all files, each a test of its own."""
    found = []
    for path in sorted(HERE.glob("*.yml")):
        for script in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append(pytest.param(script, id=f"{path.stem}: {script['name']}"))
    return found


class Talker:
    """One citizen; remembers what the bot showed."""

    def __init__(self, stack: Any) -> None:
        self.stack = stack
        self.session = secrets.token_urlsafe(18)
        self.known = {"case_number": "", "resume_code": ""}
        self.expects: str | None = None

    def say(self, text: str) -> tuple[str, dict[str, Any]]:
        for name, value in self.known.items():
            text = text.replace("{" + name + "}", value)
        answer = self.stack.chat(text, self.session)
        assert answer["replies"], f"no reply to {text!r}"
        assert not answer.get("degraded"), f"the bot was away at {text!r}"
        for reply in answer["replies"]:
            if reply.get("case"):
                self.known["case_number"] = reply["case"]["case_number"]
        said = "\n".join(reply["text"] for reply in answer["replies"])
        if code := re.search(r"续填码：([0-9A-Z-]+)", said):
            self.known["resume_code"] = code.group(1)
        self.expects = answer.get("expects")
        return said, answer

    def walk_to(self, slot: str) -> None:
        """Answer every question before `slot`."""
        self.say("我要反映问题")
        for before in SLOTS[: SLOTS.index(slot)]:
            assert self.expects == before
            self.say(ANSWERS[before])
        assert self.expects == slot


@pytest.mark.parametrize("script", scripts())
def test_conversation_goes_as_scripted(script: dict[str, Any], stack: Any) -> None:
    talker = Talker(stack)
    if at := script.get("at"):
        talker.walk_to(at)
    for number, turn in enumerate(script["turns"], 1):
        if turn.get("session") == "new":
            talker.session = secrets.token_urlsafe(18)
        said, answer = talker.say(turn["say"])
        where = f"turn {number} {turn['say'][:30]!r}: expects {talker.expects!r}, said {said!r}"
        if "expects" in turn:
            assert talker.expects == turn["expects"], where
        assert all(part in said for part in turn.get("contains", [])), where
        assert not any(part in said for part in turn.get("lacks", [])), where
        if turn.get("any"):
            assert any(part in said for part in turn["any"]), where
        values = [o["value"] for reply in answer["replies"] for o in reply.get("options", [])]
        assert set(turn.get("options", [])) <= set(values), f"{where}, options {values}"
        if "case" in turn:
            has_case = any(reply.get("case") for reply in answer["replies"])
            assert has_case is bool(turn["case"]), where


def test_there_are_at_least_forty_scripts() -> None:
    assert len(scripts()) >= 40
