"""What is surely read in the printed lines of a photo: the front of a resident identity card, or our own receipt.

Only name, number and address are taken: sex, nation and date of birth stand on the card too and are not needed.
What is doubtful stays empty, and the person types it: a number only with its check sign (GB 11643-1999), a case
number only with its own two, a name or an address only where the reader is sure and the layout is as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk_api.domain import case_number
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.identity_numbers import read_id_number
from kiosk_api.domain.limits import ADDRESS_MAX
from kiosk_api.domain.names import is_name, normal_name
from kiosk_api.domain.typed import HAN

_SURE = 0.9  # of 1, for a name or an address; numbers have check signs
_LONGEST_LINE = 100
_MOST_LINES = 60
_LONGEST_NAME = 30  # the card has room for two lines of fifteen
_MOST_ADDRESS_LINES = 4
_NAME, _SEX, _BORN, _ADDRESS = _FIRST_LABELS = ("姓名", "性别", "出生", "住址")
_LABELS = (*_FIRST_LABELS, "民族")
_NUMBER_LABELS = ("公民身份号码", "身份号码", "公民身份")
_OTHER_CARD = re.compile(
    "驾驶|行驶|护照|通行证|永久居留|社会保障|保障卡|银行|残疾|军官|士兵|人民警察|学生证|工作证|准考证"
)
_BLANKS = re.compile(r"[\s:：]+")
_RESIDENT = re.compile("[0-9]{17}[0-9X]")
_ANY_HAN = re.compile(f"[{HAN}]")
_HAN_NAME = re.compile(f"[{HAN}]{{2,}}(?:·[{HAN}]+){{0,4}}")


@dataclass(frozen=True)
class PrintedLine:
    """One line; its upright box in pixels of the photo (y grows downwards), and from 0 to 1 how sure it is."""

    text: str
    x: float
    y: float
    width: float
    height: float
    score: float


@dataclass(frozen=True)
class CardRead:
    """What is sure; "" for what is not. `id_number` has passed its check, `case_number` too."""

    kind: Literal["id_card", "receipt", "nothing"]
    name: str = ""
    id_number: str = ""
    address: str = ""
    case_number: str = ""


NOTHING = CardRead("nothing")


@dataclass(frozen=True)
class _Placed:
    """A line, with the middle of its box along the rows of the card and down them."""

    text: str
    along: float
    down: float
    size: float
    score: float


def read_card(lines: Sequence[PrintedLine], today: date) -> CardRead:
    """What the photo shows. A card's back, another card and two cards at once are `nothing`."""
    seen = [one for one in lines[:_MOST_LINES] if one.text and len(one.text) <= _LONGEST_LINE]
    card = _identity_card(seen, today)
    if card is not None:
        return card
    numbers = {number for one in seen if (number := _case_number(one.text))}
    return CardRead("receipt", case_number=numbers.pop()) if len(numbers) == 1 else NOTHING


def _identity_card(seen: Sequence[PrintedLine], today: date) -> CardRead | None:
    placed = _placed(seen)
    texts = [one.text for one in placed]
    labels = [label for label in _LABELS for text in texts if text.startswith(label)]
    has_number = any(label in text for text in texts for label in _NUMBER_LABELS)
    if any(_OTHER_CARD.search(text) for text in texts) or len(labels) < (2 if has_number else len(_LABELS) - 1):
        return None
    if labels.count(_NAME) > 1 or labels.count(_ADDRESS) > 1:
        return NOTHING
    read = CardRead("id_card", _name(placed), _number(texts, today), _address(placed))
    return read if read.name or read.id_number else NOTHING


def _placed(seen: Sequence[PrintedLine]) -> list[_Placed]:
    """The lines turned so that the card stands upright: labels of two characters stand under each other."""
    middles = [(one.x + one.width / 2, one.y + one.height / 2) for one in seen]
    texts = [_BLANKS.sub("", one.text) for one in seen]
    column = [middles[texts.index(label)] for label in _FIRST_LABELS if texts.count(label) == 1]
    across, downwards = 0.0, 1.0
    if len(column) > 1:
        across, downwards = column[-1][0] - column[0][0], column[-1][1] - column[0][1]
        length = (across**2 + downwards**2) ** 0.5 or 1.0
        across, downwards = across / length, downwards / length
    return [
        _Placed(text, x * downwards - y * across, x * across + y * downwards, max(one.width, one.height), one.score)
        for text, (x, y), one in zip(texts, middles, seen, strict=True)
    ]


def _label(placed: Sequence[_Placed], label: str) -> _Placed | None:
    return next((one for one in placed if one.text.startswith(label)), None)


def _is_value(one: _Placed) -> bool:
    return not one.text.startswith(_LABELS) and not any(label in one.text for label in _NUMBER_LABELS)


def _name(placed: Sequence[_Placed]) -> str:
    label = _label(placed, _NAME)
    if label is None:
        return ""
    if label.text != _NAME:
        return _sure_name(label.text.removeprefix(_NAME), label.score)
    beside = [
        one
        for one in placed
        if _is_value(one) and one.along > label.along and abs(one.down - label.down) < label.size / 2
    ]
    return _sure_name(beside[0].text, beside[0].score) if len(beside) == 1 else ""


def _sure_name(text: str, score: float) -> str:
    name = normal_name(text)
    sure = score >= _SURE and len(name) <= _LONGEST_NAME and _HAN_NAME.fullmatch(name) and is_name(name)
    return name if sure else ""


def _number(texts: Sequence[str], today: date) -> str:
    found = set()
    for text in texts:
        for label in _NUMBER_LABELS:
            _, _, text = text.rpartition(label)
        number = read_id_number(text, today).value
        if _RESIDENT.fullmatch(number):
            found.add(number)
    return found.pop() if len(found) == 1 else ""


def _address(placed: Sequence[_Placed]) -> str:
    """All lines from the label down to the number's row; "" where that row is not in the photo: more may be missing."""
    label = _label(placed, _ADDRESS)
    bottom = min((one.down for one in placed if any(word in one.text for word in _NUMBER_LABELS)), default=None)
    if label is None or bottom is None or bottom <= label.down:
        return ""
    row = min(label.size, (bottom - label.down) / 2) / 2
    rows = [
        one
        for one in placed
        if one is not label
        and _is_value(one)
        and one.along > label.along
        and label.down - row < one.down < bottom - row
    ]
    rows.sort(key=lambda one: one.down)
    if label.text != _ADDRESS:
        rows.insert(0, label)
    if not rows or len(rows) > _MOST_ADDRESS_LINES or any(one.score < _SURE for one in rows):
        return ""
    if rows[0] is not label and abs(rows[0].down - label.down) >= row:
        return ""  # its first line is hidden
    whole = "".join(one.text for one in rows).removeprefix(_ADDRESS)
    return whole if 4 <= len(whole) <= ADDRESS_MAX and _ANY_HAN.search(whole) else ""


def _case_number(text: str) -> str:
    try:
        return case_number.parse(text)
    except DomainError:
        return ""
