"""Several values of one field in one message that mean one thing: the parts of a place, a name said in part and in whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.particulars import PLACE, UNIT
from bot.dialogue.reading.meaning import Value
from bot.dialogue.text import bare

_NAME, _HOME = "petitioner_name", "address"
_BETWEEN = {PLACE: re.compile(r"[\s,，、的]*"), _HOME: re.compile(r"\s*")}  # the parts of one place


def as_meant(text: str, asked: str, values: Sequence[Value]) -> list[Value]:
    """The values of a message without those that are only a part of another; `asked` is the open question, "" where something
    is put right and parts may exclude each other."""
    names = [bare(one.value) for one in values if one.field == _NAME and not one.others]
    kept = [one for one in values if not _is_part_of(one, names)]
    return _in_one(text, asked, kept) if asked in _BETWEEN else kept


def _is_part_of(one: Value, names: Sequence[str]) -> bool:
    """“桂芬，李桂芬” is one name, said twice; “叫我李桂芬” names no unit 我李桂芬."""
    said = bare(one.value)
    if one.field == _NAME and not one.others:
        return any(name != said and name.endswith(said) for name in names)
    return one.field == UNIT and any(said in (name, f"我{name}", f"俺{name}") for name in names)


def _in_one(text: str, asked: str, values: list[Value]) -> list[Value]:
    """“柳树路12号 柳树小区”: what answers the question for a place, from its first part to its last."""
    parts = [one for one in values if one.field == asked and not one.others]
    if len(parts) < 2:
        return values
    start = end = -1
    for one in parts:
        at = text.find(one.value, max(end, 0))
        if at < 0 or end >= 0 and not _BETWEEN[asked].fullmatch(text, end, at):
            return values
        start, end = at if start < 0 else start, at + len(one.value)
    whole = Value(asked, text[start:end], text[start:end])
    return [whole if one is parts[0] else one for one in values if one is parts[0] or one not in parts]
