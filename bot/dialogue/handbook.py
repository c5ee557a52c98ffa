"""Questions about the rules: answered by the handbook with its citation, or not at all."""

from __future__ import annotations

from typing import Any

from bot.dialogue.ports import ApiDown, KioskApi, Refused
from bot.dialogue.replies import Reply, option, reply
from bot.dialogue.texts_zh import TEXT


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("text") or value.get("detail") or value.get("label") or "")
    return str(value or "")


def answer(api: KioskApi, question: str) -> tuple[Reply, tuple[str, ...]]:
    """The handbook's reply and the questions it offered as buttons."""
    try:
        found = api.ask(question)
    except ApiDown:
        return reply(TEXT["handbook_down"]), ()
    except Refused as refusal:
        return reply(refusal.detail or TEXT["handbook_none"]), ()
    outcome = found.get("outcome")
    if outcome == "answer" and found.get("answer"):
        return reply(_text(found["answer"]), citations=found.get("citations") or ()), ()
    if outcome == "choices" and found.get("choices"):
        asked = tuple(str(one["question"]) for one in found["choices"])
        return reply(TEXT["handbook_choices"], options=[option(one) for one in asked]), asked
    return reply(_text(found.get("refer")) or TEXT["handbook_none"]), ()
