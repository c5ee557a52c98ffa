"""The system clock, and a clock that can be set (tests, demonstration)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class SystemClock:
    """Now, in the zone the statute's dates are counted in."""

    def now(self) -> datetime:
        """The present moment, zone-aware, Asia/Shanghai."""
        return datetime.now(SHANGHAI)


class SettableClock:
    """A clock that moves only when it is set."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(SHANGHAI)

    def now(self) -> datetime:
        """The time last set."""
        return self._at

    def advance(self, by: timedelta) -> None:
        """Move forward."""
        self._at += by
