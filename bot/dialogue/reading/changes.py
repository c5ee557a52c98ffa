# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""Corrections: by what they name, by the wrong words they quote, or by the value beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue import corrections
from bot.dialogue.reading.meaning import Change, Meaning
from bot.dialogue.reading.message import SURE, Clause, Message
from bot.dialogue.reading.names import surname_as_written
from bot.dialogue.reading.values import SLOT_OF, cut, figures
from bot.dialogue.surnames import DOUBLE
from bot.dialogue.text import plain
from bot.petition_fields import FIELD, NARRATIVE

_ENDS_WITH = re.compile(
    r"(?:末尾|尾号|后面|最后|结尾)[^\d]{0,6}(?P<new>[\d零一二三四五六七八九幺]{1,6}).{0,3}不是.{0,2}(?P<old>[\d零一二三四五六七八九幺]{1,6})"
)
_ENDS_WITH_NOT = re.compile(
    r"(?:末尾|尾号|后面|最后|结尾)?[^\d]{0,6}不是(?P<old>[\d零一二三四五六七八九幺]{1,6})[^\d零一二三四五六七八九幺]{0,5}(?:是|应该是)?(?P<new>[\d零一二三四五六七八九幺]{1,6})"
)


def read_changes(
    message: Message, clauses: Sequence[Clause], asked: str, state: Mapping[str, Any], meaning: Meaning
) -> None:
    """Corrections, by what they name, by the wrong words they quote, or by the value beside them."""
    text = message.text
    if len(text) <= 80 or asked not in NARRATIVE:
        if pair := corrections.replacement(text):
            holding = [one for one in FIELD if one not in NARRATIVE and pair[0] in str(state.get(one) or "")]
            if len(holding) == 1 and isinstance(state[holding[0]], str):
                right = corrections.right_words(*pair)
                meaning.changes.append(Change(holding[0], state[holding[0]].replace(pair[0], right, 1), text))
                return
        if (found := corrections.correction(text)) and (asked not in NARRATIVE or _may_correct(found.slot, clauses)):
            meaning.changes.append(Change(found.slot, found.value, text, whole=True))
            return
    for place, clause in enumerate(clauses):
        if "corrects" not in clause.acts:
            continue
        change = _change([clause, *clauses[place + 1 : place + 2]], state)
        if change.field not in NARRATIVE or asked in ("confirm", "fix_which"):
            meaning.changes.append(change)


def _may_correct(field: str, clauses: Sequence[Clause]) -> bool:
    """While the account is told, words that look like a correction are one only where the reader agrees."""
    return field not in NARRATIVE and any(one.shares.get("corrects", 0.0) >= SURE for one in clauses)


def _change(near: Sequence[Clause], state: Mapping[str, Any]) -> Change:
    words = "".join(one.text for one in near)
    if ending := _changed_figures(words, str(state.get("phone") or "")):
        return Change("phone", ending, words)
    for one in near:
        for name in sorted(one.gives):
            target = SLOT_OF.get(name, name)
            if target in FIELD and target != "representatives" and (value := cut(target, one.text)):
                return Change(target, value, words)
    if (surname := surname_as_written(words)) and (known := str(state.get("petitioner_name") or "")):
        return Change("petitioner_name", surname + known[2 if known[:2] in DOUBLE else 1 :], words)
    named = corrections.field_named(near[0].text)
    return Change(named, None, words)


def _changed_figures(words: str, number: str) -> str | None:
    """“末尾是02不是20”: the known number with its last figures put right."""
    said = plain(words)
    found = _ENDS_WITH.search(said) or _ENDS_WITH_NOT.search(said)
    if not found or not number:
        return None
    old, new = figures(found["old"]), figures(found["new"])
    if not old or not number.endswith(old) or len(old) != len(new):
        return None
    return number[: len(number) - len(old)] + new
