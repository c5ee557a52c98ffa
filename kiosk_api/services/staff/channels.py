"""How many matters came by which way (Art. 17): counts only, for the office that registers them."""

from __future__ import annotations

from datetime import date

from kiosk_api.domain.registration import Channel
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.staff.register_received import may_register
from kiosk_api.services.staff.sight import sight_of


def counts_by_channel(ctx: Context, officer: Officer, first: date, last: date) -> dict[Channel, int]:
    """The matters registered from the day `first` to the day `last`, both included, for every channel.

    Raises DomainError `forbidden`.
    """
    may_register(officer)
    with ctx.store.read() as records:
        found = records.cases.by_channel(first, last, sight_of(records, officer))
    return {one: found.get(one, 0) for one in Channel}


def this_month(ctx: Context, officer: Officer) -> dict[Channel, int]:
    """The same from the first of this month until today."""
    today = ctx.clock.now().date()
    return counts_by_channel(ctx, officer, today.replace(day=1), today)
