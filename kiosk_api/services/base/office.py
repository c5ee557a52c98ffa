"""How the office itself is reached: what it has filled in of its phone and hours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk_api.services.base.context import Context

PLACEHOLDER = re.compile(r"【请[^【】]*】")


@dataclass(frozen=True)
class OfficeReached:
    """None for what the office has not filled in yet: a number is never invented."""

    phone: str | None
    hours: str | None


def filled_in(text: str | None) -> str | None:
    """The text, or None while it is missing or still a placeholder."""
    return None if not text or PLACEHOLDER.search(text) else text


def office_reached(ctx: Context) -> OfficeReached:
    """The phone and the hours that are shown wherever a person is offered."""
    return OfficeReached(filled_in(ctx.office.get("phone")), filled_in(ctx.office.get("hours")))
