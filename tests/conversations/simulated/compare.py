"""Whether what is shown or kept is what was said: in either script, whatever the marks."""

from __future__ import annotations

from bot.dialogue.text import spoken_digits, unpunctuated, without_particles
from bot.dialogue.texts_zh import LABELS, TEXT

SLOT_OF_LABEL = {label: slot for slot, label in LABELS.items()}
AROUND_THE_LINES = tuple(words for key, words in TEXT.items() if key.startswith(("confirm_head", "confirm_tail")))
MOST_MORE = 3  # characters beside a value that nobody minds


def same(said: str, shown: str, more: int = 0) -> bool:
    """The same words, with at most `more` characters beside them."""
    a, b = unpunctuated(said), unpunctuated(shown)
    return a in b and len(b) - len(a) <= more


def holds(shown: str, said: str) -> bool:
    """Whether words are kept in a longer text."""
    return unpunctuated(said) in unpunctuated(shown)


def alike(said: str, shown: str) -> bool:
    """A place, unit, sum or day: one may be a part of the other, if hardly less is said."""
    a, b = unpunctuated(said), unpunctuated(without_particles(shown))
    return bool(a) and (a in b and len(b) - len(a) <= MOST_MORE or b in a and len(b) >= min(2, len(a)))


def figures(text: str) -> str:
    """Its figures, read-out ones included."""
    return "".join(one for one in spoken_digits(text) if one.isascii() and one.isdigit())


def lines_of(read_back: str) -> dict[str, str]:
    """slot → what the read-back shows; a line without a label belongs to the one before."""
    found: dict[str, str] = {}
    slot = ""
    for line in read_back.splitlines():
        label, mark, value = line.partition("：")
        if mark and label in SLOT_OF_LABEL:
            slot = SLOT_OF_LABEL[label]
            found[slot] = "" if value == "（没填）" else value
        elif slot and line and line not in AROUND_THE_LINES and not line.startswith("保密"):
            found[slot] += "\n" + line
    return found
