"""What an officer types to find a case: a number in any spelling, or a unit by any of its names."""

from __future__ import annotations

from kiosk_api.domain import case_number
from kiosk_api.domain.errors import DomainError
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.ports import Records

UNITS_FOUND = 20


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
