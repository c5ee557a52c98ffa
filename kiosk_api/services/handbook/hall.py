"""The windows of the hall as they are answered: with their places, and whether each is open now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.errors import DomainError
from kiosk_api.domain.opening import opening_at
from kiosk_api.domain.opening_zh import in_chinese, opening_phrase
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.hall import PlaceOnPlan, Room
from kiosk_api.services.base.ports import StoreBusy


@dataclass(frozen=True)
class OpeningShown:
    """Whether a window is open: open, closed, unknown or unpublished; when that ends; the same in words."""

    state: str
    until: datetime | None
    opens: datetime | None
    words: str


@dataclass(frozen=True)
class WindowShown:
    """A window or support room, and whether it is open now."""

    key: str
    label: str
    short: str
    kind: str
    purpose: str
    where: str
    hours: str
    bring: tuple[str, ...]
    configured: bool
    number: int
    place: PlaceOnPlan | None
    opening: OpeningShown


def windows_shown(ctx: Context) -> list[WindowShown]:
    """All of the hall, in the order of the file."""
    calendar = working_days(ctx) if any(one.opens for one in ctx.windows) else _NOTHING_KNOWN
    return [
        WindowShown(
            one.key, one.label, one.short, one.kind, one.purpose, one.where, one.hours, one.bring, one.configured,
            one.number, one.place, opening_shown(one, calendar, ctx.clock.now()),
        )
        for one in ctx.windows
    ]  # fmt: skip


def opening_shown(room: Room, calendar: WorkCalendar, now: datetime) -> OpeningShown:
    """Whether the window is open `now`."""
    found = opening_at(room.opens, calendar, now)
    return OpeningShown(found.state, found.until, found.opens, in_chinese(opening_phrase(found, now)))


def room_of(ctx: Context, key: str) -> Room:
    """The window or room with this key. Raises DomainError `section_not_found`."""
    for one in ctx.windows:
        if one.key == key:
            return one
    raise DomainError("section_not_found", "没有这个窗口，请回到“找窗口”重新选。")


_NOTHING_KNOWN = WorkCalendar(frozenset(), frozenset(), frozenset())


def working_days(ctx: Context) -> WorkCalendar:
    """The calendar; while the store is busy nothing is known of holidays, and the page says so."""
    try:
        with ctx.store.read() as records:
            return records.calendar()
    except StoreBusy:
        return _NOTHING_KNOWN
