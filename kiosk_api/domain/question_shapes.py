"""Recognise the form of a message: several questions, a long story, a follow-up, the asker's own case."""

from __future__ import annotations

import re

MOST_AT_ONCE = 3
_SHORTEST = 5  # characters of a question that needs no context
_ENDS = re.compile(r"(?<=[？?])|[\n。；;]|(?:还有|另外|再问一?下|再请问|顺便问一?下)[，,：:]?")
_ASKS = re.compile(
    "[？?]|吗|呢|怎么|咋|如何|什么|啥|多久|多长|几[天日个时点号]|哪|谁|能不能|可不可以|可以不|行不行|要不要"
    "|是不是|有没有|为什么|为啥|凭什么|多少"
)
_CLAUSE_ENDS = re.compile(r"[，,。！!？?；;：:、\s]+")
_CLAUSE_SHORTEST = 5
_NAMES_ITS_SUBJECT = 8  # characters of an asking clause that names its subject: 我该找谁 does not
_PART_LONGEST = 60
_PARTS_MOST = 6
_FOLLOW_UP = re.compile(
    r"^(?:那么?|要是|如果|还有|哦|噢|嗯)?[，,]?(?:换成)?(?P<subject>[^，。？?]{1,10}?)(?:呢|咧|嘞)[？?。]?$"
)
_POINTS_BACK = re.compile(r"^(?:那么?|那要|那得|这个|这样|它|要|得|还)")
_ASPECTS = (
    "多久", "多长时间", "几天", "期限", "什么时候", "找谁", "去哪里", "哪里", "怎么申请", "怎么办", "带什么", "要钱吗",
    "收费吗", "要什么材料", "多少人", "能不能", "可以吗",
)  # fmt: skip
_OWN = re.compile(
    "我(?:的|那|这|上次|去年|前)[^，。？?]{0,12}(?:到期|几号|办到哪|什么时候|多久|进度|结果|办完|受理没|受理了)"
)


def questions_in(text: str) -> list[str]:
    """The questions of a message, at most three, in order; a message of one question stays whole.

    Statements just before a question belong to it: 老板跑了。我该找谁？另外能不能代办？ is two.
    """
    asked: list[str] = []
    said: list[str] = []
    for part in (one.strip(" ，,：:") for one in _ENDS.split(text) if one):
        if len(part) >= _SHORTEST and _ASKS.search(part):
            asked.append("。".join([*said, part]))
            said = []
        elif part:
            said.append(part)
    return asked[:MOST_AT_ONCE] if len(asked) > 1 else [text]


def parts_of_story(text: str) -> list[str]:
    """At most six parts of a long message: clauses with a question first, the last of these at the front.

    People describe what happened and ask at the end. A clause with a question is taken together with
    the one before it, which gives its subject, and also alone when it is long enough to name it.
    """
    clauses = [part for part in _CLAUSE_ENDS.split(text) if part]
    asks = [bool(_ASKS.search(part)) for part in clauses]
    found: dict[str, None] = {}  # in order, each once
    for place in range(len(clauses) - 1, -1, -1):
        if asks[place] and place:
            found[f"{clauses[place - 1]}，{clauses[place]}"[-_PART_LONGEST:]] = None
        if asks[place] and len(clauses[place]) >= _NAMES_ITS_SUBJECT:
            found[clauses[place][-_PART_LONGEST:]] = None
        if len(found) >= _PARTS_MOST:
            break
    for part, asking in zip(clauses, asks, strict=True):
        if len(found) >= _PARTS_MOST:
            break
        if not asking and len(part) >= _CLAUSE_SHORTEST:
            found[part[-_PART_LONGEST:]] = None
    return list(found)[:_PARTS_MOST]


def complete_follow_up(text: str, before: str | None) -> str:
    """`那复核呢` after `复查多久有结果` asks `复核多久`; anything else is returned unchanged."""
    if not before:
        return text
    found = _FOLLOW_UP.match(text.strip())
    if found:
        aspect = next((one for one in _ASPECTS if one in before), "")
        return found["subject"] + aspect
    if len(text) <= 10 and _POINTS_BACK.match(text.strip()):
        return f"{before} {text}"
    return text


def is_about_own_case(text: str) -> bool:
    """Asks for a date or the state of the asker's own case, which no handbook knows."""
    return bool(_OWN.search(text))
