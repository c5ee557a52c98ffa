"""Which backups are kept, and when the last one is too old. The office's choice; no law names a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta, timezone

BACKUPS_DAILY, BACKUPS_WEEKLY, BACKUPS_MONTHLY = 7, 5, 12
"""How many days, weeks and months with a backup keep their newest one."""

BACKUP_OLD_AFTER = timedelta(days=2)
"""How old the last backup may be before readiness says so: one missed night is noticed, a late one is not."""

_OFFICE = timezone(timedelta(hours=8))  # days, weeks and months begin where the office is

_NAME = re.compile(r"petition-(\d{8}T\d{6})Z\.backup")
_SPELLED = "%Y%m%dT%H%M%S"


def file_name(at: datetime) -> str:
    """`petition-20261130T020000Z.backup`: the moment in UTC, so that names sort by age."""
    return f"petition-{at.astimezone(UTC).strftime(_SPELLED)}Z.backup"


def made_at(name: str) -> datetime | None:
    """The moment in a name; None for a file that is no backup of ours."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], _SPELLED).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(moments: Collection[datetime]) -> set[datetime]:
    """Of these backups, the ones to keep: the newest of each of the last days, weeks and months that have one.

    Periods without a backup do not count, so that a clock that jumps ahead makes none of them old.
    """
    return (
        _newest(moments, BACKUPS_DAILY, lambda at: (at.year, at.month, at.day))
        | _newest(moments, BACKUPS_WEEKLY, lambda at: at.isocalendar()[:2])
        | _newest(moments, BACKUPS_MONTHLY, lambda at: (at.year, at.month))
    )


def _newest(moments: Collection[datetime], most: int, period: Callable[[datetime], tuple[int, ...]]) -> set[datetime]:
    by_period: dict[tuple[int, ...], datetime] = {}
    for at in sorted(moments):
        by_period[period(at.astimezone(_OFFICE))] = at
    return {by_period[name] for name in sorted(by_period)[-most:]}


def is_old(last: datetime | None, now: datetime) -> bool:
    """Whether there is no recent backup; one of the far future proves nothing."""
    return last is None or abs(now - last) > BACKUP_OLD_AFTER
