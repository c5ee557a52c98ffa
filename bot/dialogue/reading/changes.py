# ruff: noqa: E501  -- patterns of Chinese: breaking a line breaks the reading
"""Corrections: by what they name, by the wrong words they quote, or by the value beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue import corrections, extraction
from bot.dialogue.particulars import UNIT
from bot.dialogue.reading.meaning import Change, Meaning
from bot.dialogue.reading.message import SURE, Clause, Message
from bot.dialogue.reading.names import surname_as_written
from bot.dialogue.reading.numbers import part_put_right
from bot.dialogue.reading.units import names_a_post
from bot.dialogue.reading.values import SLOT_OF, SUM_AND_DAY, figures, right_of
from bot.dialogue.surnames import DOUBLE
from bot.dialogue.text import bare, spoken_digits
from bot.petition_fields import FIELD, NARRATIVE

# “change it to 1390” begins like another mobile number and is too short for one; “to 0022” puts the end right.
_ANOTHER = re.compile(r"(?:改成|改为|换成|换个|换一个)\s?1[3-9]")
_LEAVES = re.compile(
    r"(?:不用|不需要|不必|无需|没必要|别|不要|甭)(?:再|去|给我)?(?:修改|改|换|动|变)"
)  # asks for no change
_SHOULD_READ = re.compile("应该是|应当是|应为|应写成|改成|改为|写成|要写")
_MARKS = ' ,，。;；:：“”"「」『』'


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
                said = "" if _ANOTHER.search(spoken_digits(text)) else figures(found.value or "")
                part = _part_of_number(text, state) or _part_of_number(said, state)
            field, value = part or (found.slot, found.value)
            if value is None and _LEAVES.search(bare(text)):
                return
            meaning.changes.append(Change(field, value, text, whole=True))
            return
    put_right: list[Change] = []
    for place, clause in enumerate(clauses):
        before = extraction.phone_candidate("".join(one.text for one in clauses[:place]))
        if "corrects" not in clause.acts and not (before and _is_a_part_again(clauses, place)):
            continue
        change = _change([clause, *clauses[place + 1 : place + 2]], state, before)
        if change.value is None and _LEAVES.search(bare(clause.text)):
            continue
        if change.field not in NARRATIVE or asked in ("confirm", "fix_which"):
            put_right.append(change)
    meaning.changes += _without_explanations(put_right)


def _is_a_part_again(clauses: Sequence[Clause], place: int) -> bool:
    """“…6402，不，6420”: the figures behind a no are the end of the number before it."""
    said, earlier = bare(clauses[place].text), clauses[place - 1]
    return "phone" in clauses[place].gives and said.isdigit() and bool(earlier.acts & {"no", "corrects"})


def _without_explanations(found: Sequence[Change]) -> list[Change]:
    """What was put right, each field once, as it was first put right; beside it “typed too fast” and “that is wrong” only explain."""
    right = {change.field: change for change in reversed(found) if change.value is not None}
    named = [change for change in reversed(found) if change.value is None and change.field not in right]
    return [*right.values(), *(change for change in named if change.field or not right)]


def _may_correct(field: str, clauses: Sequence[Clause]) -> bool:
    """While the account is told, words that look like a correction are one only where the reader agrees."""
    return field not in NARRATIVE and any(one.shares.get("corrects", 0.0) >= SURE for one in clauses)


def _change(near: Sequence[Clause], state: Mapping[str, Any], said_before: str | None) -> Change:
    """`said_before`: a number that this message gave before it takes a part of it back."""
    words = "".join(one.text for one in near)
    if beside := _named_and_stated(near):
        return Change(*beside, words)
    spoken: Mapping[str, Any] = {"phone": said_before} if said_before else state
    if part := _part_of_number(bare(near[0].text), spoken) or _part_of_number(words, spoken):
        return Change(*part, words)
    for one in near:
        targets = {SLOT_OF.get(name, name) for name in one.gives} & (FIELD.keys() - {"representatives"})
        if "petitioner_name" in targets and names_a_post(one.text):  # “the secretary is …” is no name of one's own
            targets = targets - {"petitioner_name"} | {UNIT}
        for target in sorted(targets, key=lambda name: (name in NARRATIVE, name)):
            if value := right_of(target, one.text):
                return Change(target, value, words)
    if not any(one.gives for one in near) and (found := _known_beside(near, state)):
        return Change(*found, words)
    if (surname := surname_as_written(words)) and (known := str(state.get("petitioner_name") or "")):
        return Change("petitioner_name", surname + known[2 if known[:2] in DOUBLE else 1 :], words)
    named = corrections.field_named(near[0].text)
    return Change(named, None, words)


def _named_and_stated(near: Sequence[Clause]) -> tuple[str, str] | None:
    """A field by its name, and what it should be right behind: “the sum is wrong, 3980”. No number of a person's."""
    field = corrections.field_named(near[0].text)
    if len(near) < 2 or field not in FIELD or FIELD[field].masked or "corrects" not in near[0].acts:
        return None
    if field in NARRATIVE:
        value = in_its_place(near[1].text)
    elif right_of(field, near[0].text, whole=False):
        value = None  # it stands there already
    else:
        value = right_of(field, near[1].text, whole=field not in SUM_AND_DAY)
    return (field, value) if value else None


def in_its_place(text: str) -> str | None:
    """What a sentence says should stand there: “it should read …”."""
    found = _SHOULD_READ.search(text)
    return text[found.end() :].strip(_MARKS) or None if found else None


def _known_beside(near: Sequence[Clause], state: Mapping[str, Any]) -> tuple[str, str] | None:
    """A sum or a day that takes the place of the one that is known."""
    for field in SUM_AND_DAY:
        for one in near if state.get(field) else ():
            value = right_of(field, one.text, whole=False)
            if value and value != state[field]:
                return field, value
    return None


def _part_of_number(words: str, state: Mapping[str, Any]) -> tuple[str, str] | None:
    """(field, the known number with the part that is named put right): “尾号改成0022”."""
    field = corrections.number_named(words)
    known = str(state.get(field) or "")
    right = part_put_right(words, known) if len(figures(words)) < len(figures(known)) else None
    return (field, right) if right and right != known else None
