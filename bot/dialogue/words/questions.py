# ruff: noqa: E501  -- a table of Chinese sentences: breaking a line breaks the reading
"""How each thing is asked for: the first time in full, then shorter, then with an example. Never twice alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue import card, record
from bot.dialogue.particulars import UNIT
from bot.dialogue.replies import option
from bot.dialogue.texts_zh import ASK, CHOICES, EXAMPLE, KEEP, TEXT, say
from bot.petition_fields import FIELD, FIELDS, OPTIONAL

AGAIN: dict[str, tuple[str, ...]] = {
    **{field.name: field.again for field in FIELDS if field.again},
    "clarify": ("刚才那个问题，您点一个最接近的就行。", "说不清就点“说不清”。"),
    "resume_code": ("续填码您记着吗？没有就点“重新开始”。", "还差续填码。"),
}


def asking(what: str, state: Mapping[str, Any], times: int) -> tuple[str, list[Any]]:
    """The question for the (times+1)th time, and its buttons."""
    if what == "confirm":
        return card.plain(card.read_back(state, times)), [*CHOICES["confirm"]]
    if what == "clarify":
        ask = state.get("clarify") or {}
        text = str(ask.get("text"))
        buttons = [option(one["label"]) for one in ask.get("choices", [])] or [option("跳过")]
        return _worded([text, *AGAIN["clarify"]], times), buttons
    if not times and (state.get("pending") or {}).get("change") == what:
        empty = [option(TEXT["leave_empty"], "跳过")] if what in OPTIONAL and state.get(what) else []
        return change_question(what, state), [*CHOICES.get(f"change_{what}", ()), *empty, KEEP]
    first = ASK.get(what, "")
    if what == UNIT and record.asks_which(state):
        first = say("which_unit", unit=state[what])
    if what == "facts" and state.get("opening"):
        first = say("ask_more", opening=state["opening"])
    wordings = [first, *AGAIN.get(what, ()), *([EXAMPLE[what]] if what in EXAMPLE else [])]
    return _worded(wordings, times), ["跳过"] if what in OPTIONAL else []


def _worded(wordings: Sequence[str], times: int) -> str:
    """Each wording once; after the last they come round again, but for the first and longest."""
    if times < len(wordings) or len(wordings) == 1:
        return wordings[min(times, len(wordings) - 1)]
    return wordings[1 + (times - 1) % (len(wordings) - 1)]


def change_question(what: str, state: Mapping[str, Any]) -> str:
    """The question for a field that is to be changed, the first time."""
    if f"change_{what}" in TEXT:
        return TEXT[f"change_{what}"]
    return say("change_to" if state.get(what) else "change_empty", label=FIELD[what].label)


def why(what: str) -> str:
    """Why it is asked."""
    return FIELD[what].why if what in FIELD else ""
