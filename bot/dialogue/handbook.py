"""Questions about the rules: answered by the handbook with its citation, or not at all."""

from __future__ import annotations

import re

from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.replies import Reply, option, reply
from bot.dialogue.texts_zh import TEXT

_FOLLOWS = re.compile(r"(那么?|要是|如果|还有)?[^，。？?]{1,10}(呢|咧|嘞)[？?。]?")


def follows(text: str, before: str | None) -> bool:
    """那复核呢: only together with the question before it does it ask anything."""
    return bool(before) and _FOLLOWS.fullmatch(text.strip()) is not None


def answer(api: KioskApi, question: str, before: str | None = None) -> tuple[Reply, tuple[str, ...]]:
    """The handbook's reply and the questions it offered as buttons; `before` was asked before."""
    try:
        found = api.ask(question, before)
    except ApiDown as down:
        return reply(down.said or TEXT["handbook_down"]), ()
    except Refused as refusal:
        return reply(refusal.detail or TEXT["handbook_none"]), ()
    outcome = found.get("outcome")
    if found.get("own_case"):
        return reply(found.get("refer") or "", options=[option("查进度")], citations=found.get("citations") or ()), ()
    if outcome == "answer" and found.get("answer"):
        asked = tuple(str(one["question"]) for one in found.get("choices") or ())
        return reply(
            found["answer"], citations=found.get("citations") or (), options=[option(one) for one in asked]
        ), asked
    if outcome == "choices" and found.get("choices"):
        asked = tuple(str(one["question"]) for one in found["choices"])
        return reply(TEXT["handbook_choices"], options=[option(one) for one in asked]), asked
    return reply(found.get("refer") or TEXT["handbook_none"]), ()
