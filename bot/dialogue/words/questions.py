# ruff: noqa: E501  -- a table of Chinese sentences: breaking a line breaks the reading
"""How each thing is asked for: the first time in full, then shorter, then with an example. Never twice alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialogue import card
from bot.dialogue.replies import option
from bot.dialogue.texts_zh import ASK, CHOICES, EXAMPLE, KEEP, TEXT, say
from bot.petition_fields import FIELD, FIELDS, OPTIONAL

AGAIN: dict[str, tuple[str, ...]] = {
    **{field.name: field.again for field in FIELDS if field.again},
    "confirm": ("上面这些都对吗？", "都对就点“确认提交”，哪里不对就说哪里。"),
    "clarify": ("刚才那个问题，您点一个最接近的就行。", "说不清就点“说不清”。"),
}


def asking(what: str, state: Mapping[str, Any], times: int) -> tuple[str, list[Any]]:
    """The question for the (times+1)th time, and its buttons."""
    if what == "confirm":
        return card.plain(card.read_back(state)), [*CHOICES["confirm"]]
    if what == "clarify":
        ask = state.get("clarify") or {}
        return str(ask.get("text")), [option(one["label"]) for one in ask.get("choices", [])] or [option("跳过")]
    if not times and (state.get("pending") or {}).get("change") == what:
        empty = [option(TEXT["leave_empty"], "跳过")] if what in OPTIONAL and state.get(what) else []
        return change_question(what, state), [*CHOICES.get(f"change_{what}", ()), *empty, KEEP]
    if what == "facts" and state.get("opening") and not times:
        return say("ask_more", opening=state["opening"]), []
    buttons: list[Any] = ["跳过"] if what in OPTIONAL else []
    again = AGAIN.get(what, ())
    if not times or not again:
        return ASK.get(what, ""), buttons
    if times <= len(again):
        return again[times - 1], buttons
    return EXAMPLE.get(what, again[-1]) if times % 2 else ASK.get(what, again[-1]), buttons


def change_question(what: str, state: Mapping[str, Any]) -> str:
    """The question for a field that is to be changed, the first time."""
    if f"change_{what}" in TEXT:
        return TEXT[f"change_{what}"]
    return say("change_to" if state.get(what) else "change_empty", label=FIELD[what].label)


def why(what: str) -> str:
    """Why it is asked."""
    return FIELD[what].why if what in FIELD else ""
