# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Danger now: whom to call is said before anything else (Art. 25: urgent matters at once)."""

from __future__ import annotations

import re

from bot.dialogue.reading.message import Message
from bot.dialogue.text import han_count, plain

_HARM_SELF = re.compile(
    r"(不想活|活不下去|想死|去死|寻死|自杀|轻生|跳楼|跳河|跳桥|割腕|上吊|喝农药|喝药|同归于尽|自焚|了断自己|死给.{0,4}看|"
    r"一死了之|没法活了|不如死了)"
)
_PAST_SELF = re.compile(r"(去年|前年|早年|曾经|年前|个月前|已经死|自杀身亡|跳楼身亡|被逼自杀)")
_CRIME = re.compile(
    r"(正在|现在|这会儿|此刻|马上).{0,8}(打人|打我|砍|砸|强拆|抢|行凶|拿刀|被打)|(拿|持|提)着?(刀|斧|棍).{0,6}(砍|追|威胁|要杀)"
    r"|(要|扬言|威胁).{0,3}(杀了?我|杀人|砍死|弄死我|杀我全家)|被(绑架|非法拘禁|关起来|扣押着)|救命"
)
_FIRE = re.compile(r"(着火了|起火了|正在(着火|冒烟|燃烧)|失火了|煤气泄漏|燃气泄漏|要爆炸|困在电梯)")
_HURT = re.compile(
    r"(正在|现在|快|还在).{0,6}(流血|昏迷|晕倒|没呼吸)|心脏病犯了|快不行了|喘不上气|突然(晕倒|昏倒)|叫救护车"
)


# Share of all dangers from which help is named at once; less is enough where words name a danger.
# Below that, a longer message gets one line for the case that somebody is in danger.
_DANGER_AT, _DANGER_NAMED_AT, _DOUBT_AT, _DOUBT_FROM = 0.4, 0.2, 0.2, 8


def emergency(message: Message) -> str | None:
    """'life', 'crime', 'fire' or 'medical' when a message speaks of danger now, 'doubt' when it may.

    The classifier decides, words alone where it has not read the message.
    """
    text = plain(message.text)
    named = named_danger(text)
    if message.dangers is None:
        return named
    shares = {kind: share for kind, share in message.dangers.items() if kind != "none"}
    if sum(shares.values()) >= (_DANGER_NAMED_AT if named else _DANGER_AT):
        return max(shares, key=lambda kind: shares[kind])
    if han_count(text) >= _DOUBT_FROM and (named or sum(shares.values()) >= _DOUBT_AT):
        return "doubt"
    return None


def named_danger(text: str) -> str | None:
    """The danger that words name, in simplified text."""
    if _HARM_SELF.search(text) and not _PAST_SELF.search(text):
        return "life"
    if _FIRE.search(text):
        return "fire"
    if _CRIME.search(text):
        return "crime"
    return "medical" if _HURT.search(text) else None
