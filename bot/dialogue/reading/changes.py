# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""Corrections: by what they name, by the wrong words they quote, or by the value beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue import corrections, extraction
from bot.dialogue.reading.meaning import Change, Meaning
from bot.dialogue.reading.message import SURE, Clause, Message
from bot.dialogue.reading.names import surname_as_written
from bot.dialogue.reading.numbers import part_put_right
from bot.dialogue.reading.values import SLOT_OF, cut, figures
from bot.dialogue.surnames import DOUBLE
from bot.petition_fields import FIELD, NARRATIVE


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
            part = None
            if FIELD[found.slot].masked:
                part = _part_of_number(text, state) or _part_of_number(figures(found.value or ""), state)
            field, value = part or (found.slot, found.value)
            meaning.changes.append(Change(field, value, text, whole=True))
            return
    for place, clause in enumerate(clauses):
        if "corrects" not in clause.acts:
            continue
        before = "".join(one.text for one in clauses[:place])
        change = _change([clause, *clauses[place + 1 : place + 2]], state, extraction.phone_candidate(before))
        if change.field not in NARRATIVE or asked in ("confirm", "fix_which"):
            meaning.changes.append(change)


def _may_correct(field: str, clauses: Sequence[Clause]) -> bool:
    """While the account is told, words that look like a correction are one only where the reader agrees."""
    return field not in NARRATIVE and any(one.shares.get("corrects", 0.0) >= SURE for one in clauses)


def _change(near: Sequence[Clause], state: Mapping[str, Any], said_before: str | None) -> Change:
    """`said_before`: a number that this message gave before it takes a part of it back."""
    words = "".join(one.text for one in near)
    if part := _part_of_number(words, {"phone": said_before} if said_before else state):
        return Change(*part, words)
    for one in near:
        for name in sorted(one.gives):
            target = SLOT_OF.get(name, name)
            if target in FIELD and target != "representatives" and (value := cut(target, one.text)):
                return Change(target, value, words)
    if (surname := surname_as_written(words)) and (known := str(state.get("petitioner_name") or "")):
        return Change("petitioner_name", surname + known[2 if known[:2] in DOUBLE else 1 :], words)
    named = corrections.field_named(near[0].text)
    return Change(named, None, words)


def _part_of_number(words: str, state: Mapping[str, Any]) -> tuple[str, str] | None:
    """(field, the known number with the part that is named put right): “尾号改成0022”."""
    field = corrections.number_named(words)
    known = str(state.get(field) or "")
    right = part_put_right(words, known) if len(figures(words)) < len(figures(known)) else None
    return (field, right) if right and right != known else None
