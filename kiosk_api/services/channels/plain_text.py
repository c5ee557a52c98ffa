"""An answer as plain messages that each fit a platform's measure, with no choice cut or left out."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk_api.domain.messengers import Option
from kiosk_api.services.channels.answer import OR_SAY, PICK, Answer

_CLIPPED = "…"
_OF_LINKS = frozenset(string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%")


@dataclass(frozen=True)
class Measure:
    """How long a message may be, in what `size` counts, and how many may answer one."""

    size: Callable[[str], int]
    longest: int
    most: int
    cut: str = "……（太长，这里只放得下这些）"


def utf8(text: str) -> int:
    """Bytes, as WeChat counts."""
    return len(text.encode())


def utf16(text: str) -> int:
    """Units of UCS-2, as text messages count: a sign beyond the first plane is two."""
    return len(text.encode("utf-16-le")) // 2


WECHAT = Measure(utf8, 2_048, 5)
SEGMENT = 67
"""Units of one part of a text message among several (domain/segments.py)."""
SMS = Measure(utf16, 6 * SEGMENT - len("（5/5）"), 5)
"""Six parts at the most, since networks lose longer messages more often, with room for a number before each."""
WHATSAPP = Measure(utf16, 1_500, 5)  # Twilio takes 1,600 characters


def parts(answer: Answer, measure: Measure, *, menu_apart: bool = False) -> list[str]:
    """The texts and, unless a menu shows them, the choices; what does not fit is said to be left out, never a choice."""
    choices = "" if menu_apart else choice_lines(answer.options)
    text = "\n".join(answer.texts)
    if not choices:
        return _split(text, measure, measure.most)
    whole = f"{text}\n{choices}" if text else choices
    if measure.size(whole) <= measure.longest:
        return [whole]
    below = _by_lines(choices, measure)
    found = _split(text, measure, max(1, measure.most - len(below)))
    if found and measure.size(f"{found[-1]}\n{below[0]}") <= measure.longest:
        found[-1:] = [f"{found[-1]}\n{below.pop(0)}"]
    return [*found, *below]


def choice_lines(options: Sequence[Option]) -> str:
    """“1 我要反映问题”, a line each; those without a number in one line."""
    numbered = [f"{one.number} {one.label}" for one in options if one.number]
    others = "、".join(one.value for one in options if not one.number)
    head = [PICK] if numbered else []
    return "\n".join([*head, *numbered, *([f"（{OR_SAY}{others}）"] if others else [])])


def _split(text: str, measure: Measure, most: int) -> list[str]:
    """Broken at the end of a line where there is one in the second half, else in the middle; never within a sign."""
    found: list[str] = []
    while text:
        head = clipped(text, measure.size, measure.longest)
        if len(head) == len(text):
            return [*found, text]
        if len(found) == most - 1:
            room = measure.longest - measure.size(measure.cut)
            return [*found, _before_link(clipped(text, measure.size, room), text) + measure.cut]
        end = text.rfind("\n", 1, len(head) + 1)
        head = text[:end] if end > len(head) // 2 else _before_link(head, text)
        found.append(head)
        text = text[len(head) :].lstrip("\n")
    return found


def _before_link(head: str, text: str) -> str:
    """The beginning of `text` without the half of an address at its end, unless there is nothing else in it."""
    start = text.rfind("http", 0, len(head) + len("http") - 1)  # its first letters may be all that is in the head
    inside = start > 0 and all(one in _OF_LINKS for one in text[start : len(head) + 1]) and len(text) > len(head)
    return head[:start] if inside else head


def clipped(text: str, size: Callable[[str], int], longest: int) -> str:
    """The longest beginning of `text` that is not larger than `longest`."""
    if size(text) <= longest:
        return text
    low, high = 0, min(len(text), longest)
    while low < high:
        middle = (low + high + 1) // 2
        if size(text[:middle]) <= longest:
            low = middle
        else:
            high = middle - 1
    return text[:low]


def _by_lines(choices: str, measure: Measure) -> list[str]:
    """Whole lines in each message; a line too long for one alone loses its end, never its number."""
    found: list[str] = []
    for line in choices.split("\n"):
        if measure.size(line) > measure.longest:
            line = clipped(line, measure.size, measure.longest - measure.size(_CLIPPED)) + _CLIPPED
        if found and measure.size(f"{found[-1]}\n{line}") <= measure.longest:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found
