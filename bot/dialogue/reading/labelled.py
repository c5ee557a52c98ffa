"""A message in the shape of a form, “label: value” for “label: value”, as shops, contacts and other forms copy it.

Its labels say what each value is, more surely than any reading of the values. What is under a label that names no
field of ours is told like anything else.
"""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue.reading.values import cut
from bot.dialogue.text import MARKS, aligned, borders_marked
from bot.petition_fields import FIELDS

_LABELS = {field.name: field.form_label for field in FIELDS if field.form_label} | {"": f"[{HAN}]{{2,6}}"}
_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[,，。;；\s]))(?:{'|'.join(f'(?P<f{place}>{one})' for place, one in enumerate(_LABELS.values()))})[ \u3000]{{0,3}}[:：]"
)
_FIELDS = tuple(_LABELS)
_LEAST_FIELDS = 2
_PERSON = frozenset(field.name for field in FIELDS if field.path.startswith("petitioner.")) - {"address"}


def labelled(text: str) -> dict[str, str]:
    """The values of a message that is such a form from its first word on, by field; {} where it is none.

    Two labels of one field, such as 所在地区 and 详细地址, make one value in their order. A value that is no name or
    number is left out where its label asks for one, so that the question is asked.
    """
    matched, typed = aligned(borders_marked(text))
    labels = list(_LABEL.finditer(matched))
    if not labels or labels[0].start():
        return {}
    found: dict[str, str] = {}
    ends = [*(one.start() for one in labels[1:]), len(typed)]
    for label, end in zip(labels, ends, strict=True):
        field = _FIELDS[int(str(label.lastgroup)[1:])]
        value = typed[label.end() : end].strip(MARKS)
        if field in _PERSON:
            value = cut(field, value) or ""
        elif not field and value:
            field, value = "facts", typed[label.start() : end].strip(MARKS)
        if value:
            between = "" if field == "address" and value[0] > "\u2e80" else " " if field == "address" else "，"
            found[field] = f"{found[field]}{between}{value}" if field in found else value
    return found if len(found.keys() - {"facts"}) >= _LEAST_FIELDS else {}
