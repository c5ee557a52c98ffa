"""“I do not want to die, that was only talk”: the danger that words named is taken back, in words as plain."""

from __future__ import annotations

import re

from bot.dialogue.emergency import named_danger
from bot.dialogue.text import plain

# What is denied: not 没死成 (tried), 不会死心 (goes on hoping).
_DEATH = (
    r"(?:死(?![心成掉了活])|自杀|寻死|寻短见?|轻生|想不开|不想活|做傻事|干傻事|跳楼|跳河|上吊|喝农药|伤害自己|自残)"
)
_NOT_THAT = re.compile(
    rf"(?:没有?|不是|不会|哪能|哪会|怎么会|不至于|不可能)[真的说想要去打算是着过会就跑]{{0,6}}{_DEATH}(?:的|了)?"
)
_ONLY_TALK = re.compile(
    r"气话|(?:随口|顺嘴|顺口|嘴上)(?:一说|说说|说的)?|说着?玩(?:的|儿)?|说说而已|玩笑|打(?:个)?比方|吓唬(?:他|她|人|你)?们?"
)
_MARKS = re.compile(r"[,，。;；!！?？\s]")
_PARTS = re.compile(r"[^,，。;；!！?？\n]*[,，。;；!！?？\n]+|[^,，。;；!！?？\n]+")
_BEFORE = 8  # characters in which a 不 turns “only talk” round: 我可不是说气话
_TURNS_ROUND = frozenset("不没别莫")


def denied(text: str) -> bool:
    """Whether a message takes back that the person wants to die, and names no danger besides."""
    said = plain(text)
    found = [one.span() for one in _NOT_THAT.finditer(said)]
    found += [one.span() for one in _ONLY_TALK.finditer(said) if not _is_turned_round(said, one.start(), found)]
    if not found:
        return False
    rest, last = [], 0
    for start, end in sorted(found):
        rest.append(said[last:start])
        last = max(last, end)
    return named_danger("，".join((*rest, said[last:]))) is None


def without_denials(text: str) -> str:
    """What a message tells besides: the parts of it that take nothing back, as they were typed."""
    return "".join(part for part in _PARTS.findall(text) if not denied(part)).strip(" ,，、")


def _is_turned_round(said: str, start: int, denials: list[tuple[int, int]]) -> bool:
    """Whether a negation stands before it in the same part of the sentence, other than one that denied death."""
    begin = max([start - _BEFORE, *(end for _, end in denials if end <= start)], default=0)
    part = _MARKS.split(said[max(begin, 0) : start])[-1]
    return bool(_TURNS_ROUND & set(part))
