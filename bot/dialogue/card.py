"""The record as a card: one row for each thing noted, with its label, its value and the button that changes it.

Pages draw it, channels of plain text number its rows; `Reply.text` says the same in plain lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from bot.dialogue import record
from bot.dialogue.text import bare, spoken_digits
from bot.dialogue.texts_zh import LABELS, TEXT
from bot.petition_fields import ASKED_IN_TURN

CHANGE = "改"  # before a label: the value of the row's button
FIELD_OF_BUTTON = {CHANGE + LABELS[field]: field for field in record.VALUES}
LONGEST_NUMBER = 8  # characters
_NUMBER = re.compile(r"(?:我?要?改)?(?:第|编号)?([1-9]\d?)(?:号|条|项|个|行)?")
_ASKS_WITH_CARD = ("confirm", "fix_which")


class Row(TypedDict):
    """`number` is what a channel of plain text calls it, `change` what its button sends; 0 and "" where nothing can
    be changed. `whole` is the value in full where `text` shows only its beginning, else ""."""

    number: int
    field: str
    label: str
    text: str
    whole: str
    change: str


class Card(TypedDict):
    """Said before the rows and after them; `closing` is "" where nothing is asked."""

    title: str
    rows: list[Row]
    closing: str


def rows(state: Mapping[str, Any]) -> list[Row]:
    """Everything that is noted, in the order of the form; what was asked and skipped shows as not filled in."""
    found: list[Row] = []
    for slot in record.VALUES:
        value = state.get(slot)
        if slot == "facts" and not value:
            value = state.get("opening")
        if value:
            text, whole = record.shown(slot, value), str(value) if slot == "facts" else ""
            _add(found, slot, LABELS[slot], text, whole if whole != text else "", CHANGE + LABELS[slot])
        elif value == "" and slot in ASKED_IN_TURN:
            _add(found, slot, LABELS[slot], TEXT["not_filled"], "", CHANGE + LABELS[slot])
    if record.is_confidential(state):  # an accusation is kept confidential whatever is wished (Art. 30)
        change = "" if record.accuses(state) else TEXT["drop_confidential"]
        _add(found, "confidential", TEXT["confidential_label"], TEXT["confidential_value"], "", change)
    return found


def _add(found: list[Row], field: str, label: str, text: str, whole: str, change: str) -> None:
    number = sum(bool(one["change"]) for one in found) + 1 if change else 0
    found.append({"number": number, "field": field, "label": label, "text": text, "whole": whole, "change": change})


def read_back(state: Mapping[str, Any], times: int = 0) -> Card:
    """The whole petition before it is registered (Art. 19: an oral one is recorded faithfully).

    Shown for the (times+1)th time: every wording includes the consent.
    """
    title = TEXT["confirm_head_again" if times else "confirm_head"]
    closing = TEXT[("confirm_tail", "confirm_tail_again", "confirm_tail_short")[2 - times % 2 if times else 0]]
    return {"title": title, "rows": rows(state), "closing": closing}


def noted(state: Mapping[str, Any]) -> Card:
    """What is noted so far, in the middle of a talk."""
    return {"title": TEXT["noted_head"], "rows": rows(state), "closing": ""}


def plain(card: Card) -> str:
    """The card in plain lines."""
    lines = [card["title"], *(f"{one['label']}：{one['text']}" for one in card["rows"])]
    return "\n".join([*lines, card["closing"]] if card["closing"] else lines)


def button_of_number(text: str, state: Mapping[str, Any]) -> str | None:
    """What the row's button sends, where a message is nothing but the number of a row of the card last shown.

    "" where no row has that number; None where the message is no such number, or no card is shown.
    """
    said = _NUMBER.fullmatch(bare(spoken_digits(text))) if len(text) <= LONGEST_NUMBER else None
    if not said or not _shows_card(state):
        return None
    return next((one["change"] for one in rows(state) if one["number"] == int(said[1])), "")


def _shows_card(state: Mapping[str, Any]) -> bool:
    """A card waits for an answer, or was shown in the turn before."""
    pending = state.get("pending") or {}
    return state.get("asked") in _ASKS_WITH_CARD or pending.get("card") == (state.get("turns") or 0)
