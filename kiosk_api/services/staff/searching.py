"""What an officer types to find a case: a number in any spelling, or a unit by any of its names."""

from __future__ import annotations

import re

from kiosk_api.domain import case_number
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records

UNITS_FOUND = 20
_SIGNS_OF_A_NUMBER = re.compile(r"[0-9A-Za-z -]+")
_LONGEST_GROUP = 4  # letters between two hyphens of a case number
_PERSONS_NUMBER = re.compile(r"1[0-9]{10}|[0-9]{15}|[0-9]{17}[0-9Xx]")


def as_number(words: str) -> str:
    """A whole case number in its one written form, however it was typed; other words stay as they are."""
    try:
        return case_number.parse(words)
    except DomainError:
        return words


def units_called(ctx: Context, records: Records, words: str) -> frozenset[str]:
    """Units at work today by name, other name, abbreviation or initials."""
    found = records.units.search(words, ctx.clock.now().date(), UNITS_FOUND) if words else []
    return frozenset(one.id for one in found)


def _part_of_a_number(words: str) -> bool:
    return bool(_SIGNS_OF_A_NUMBER.fullmatch(words)) and (
        any(sign.isdigit() for sign in words) or len(words) <= _LONGEST_GROUP
    )


def may_be_written_down(ctx: Context, words: str) -> bool:
    """Whether the words are part of a case number or name a unit; others may name a person and stay out of addresses."""
    stated = words.strip()
    if not stated or _part_of_a_number(stated):
        return not is_of_person(stated)
    with ctx.store.read() as records:
        return bool(units_called(ctx, records, stated))


def is_of_person(words: str) -> bool:
    """Whether these are the figures of a phone or of an identity card."""
    return _PERSONS_NUMBER.fullmatch(words.replace(" ", "").replace("-", "")) is not None
