"""How one person says things: a voice, and a source of chance that chooses among the frames."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import Any

from opencc import OpenCC

from tests.conversations.simulated.case import table

VOICES = tuple(table("voices"))
SPEAKS_LIKE = {"speech": "chatty", "traditional": "plain"}  # whose own frames are used as well
_MARKS = re.compile(r"[，。！？；：、～…,.!?;:\s]+")
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@lru_cache(maxsize=1)
def _traditional() -> OpenCC:
    return OpenCC("s2tw")


def frames(frame: str, voice: str) -> tuple[str, ...]:
    """Everything a voice may say for a frame; its own sentences first."""
    found = table("answers").get(frame) or table("behaviours")[frame]
    own = found.get(voice) or found.get(SPEAKS_LIKE.get(voice, ""), [])
    return tuple(dict.fromkeys((*own, *found["any"])))


class Words:
    """One telling: the same person with another `chance` says the same in other words."""

    def __init__(self, voice: str, chance: random.Random) -> None:
        self.voice, self.chance = voice, chance
        self.style: dict[str, Any] = table("voices")[voice] or {}

    def say(self, frame: str, /, plainly: bool = False, **values: str) -> str:
        """A sentence of the frame with its blanks filled, in this voice."""
        found = frames(frame, self.voice)
        own = len(found) - len(found_any(frame))
        template = self.chance.choice(found[:own] if own > 0 and self.chance.random() < 0.3 else found)
        text = self._swapped(template).format(**values)
        return self.written(text if plainly else self._dressed(text, template))

    def account(self, text: str) -> str:
        """Words of an account as this voice has them."""
        return self.written(self._swapped(text))

    def written(self, text: str) -> str:
        """The script and the marks of this voice."""
        if self.style.get("script") == "traditional":
            text = str(_traditional().convert(text))
        return _MARKS.sub("", text) if self.style.get("marks") is False else text

    def number(self, digits: str) -> str:
        """A telephone number as people write or read it."""
        forms = [digits, digits, f"{digits[:3]} {digits[3:7]} {digits[7:]}", f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"]
        if self.voice in ("speech", "elderly", "northern", "southern"):
            forms.append(digits.translate(_SPOKEN))
        if self.voice in ("traditional", "plain"):
            forms.append(digits.translate(_WIDE))
        return self.chance.choice(forms)

    def joined(self, parts: list[str]) -> str:
        """Several statements one after another."""
        mark = self.chance.choice(["，", "，", "。", " "] if self.voice != "curt" else [" ", "，"])
        return self.written(mark.join(parts))

    def _swapped(self, text: str) -> str:
        for old, new in (self.style.get("swap") or {}).items():
            text = re.sub(rf"{old}(?![俺们])" if old == "我" else old, new, text)
        return text

    def _dressed(self, text: str, template: str) -> str:
        leads, tails = self.style.get("leads") or (), self.style.get("tails") or ()
        if leads and self.chance.random() < 0.25:
            text = self.chance.choice(leads) + text
        if tails and self.chance.random() < 0.25:
            tail = self.chance.choice(tails)
            if not template.endswith("}") or tail[0] in "，！～…":
                text = text.rstrip("。！？") + tail
        return text


def found_any(frame: str) -> list[str]:
    """The sentences that every voice may say."""
    found = table("answers").get(frame) or table("behaviours")[frame]
    return list(found["any"])
