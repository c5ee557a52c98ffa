"""Which of the choices of a question a message is."""

from __future__ import annotations

from bot.dialogue import commands
from bot.dialogue.api_answers import Choice
from bot.dialogue.text import bare

NOT_SURE = "unknown"
OPEN_QUESTION = "more"  # the question that takes any words


def chosen(text: str, choices: list[Choice]) -> str | None:
    """The key of the choice this message is: its button, or a plain yes, no or don't know."""
    said = bare(text)
    for one in choices:
        if said == bare(one["label"]):
            return one["key"]
    if commands.is_skip(text) and not commands.is_no(text) and said not in ("没有", "没有了", "无"):
        return NOT_SURE
    keys = [one["key"] for one in choices]
    if keys[:2] == ["yes", "no"]:
        if commands.is_yes(text) or said in ("有", "有的", "判了", "判过", "裁了", "给过", "报过"):
            return "yes"
        if commands.is_no(text) or said in ("没有", "没有了", "没", "无", "没判", "还没", "还没有", "没给"):
            return "no"
    matching = [one["key"] for one in choices if len(said) >= 2 and said in bare(one["label"])]
    return matching[0] if len(matching) == 1 else None
