"""The store's port for notices to petitioners: what is to be told, and each way that was tried."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.notice_attempts import Attempt
from kiosk_api.domain.notice_records import AttemptRow, NoticeRow, NoticeState, UntoldRow
from kiosk_api.domain.petitioner_notices import Due
from kiosk_api.domain.wall import Outsider


class PetitionerNotices(Protocol):
    """Notices are made once and stay; nothing here is made anew from events."""

    def add(self, subject: str, case_id: str | None, due: Sequence[Due], at: datetime) -> None:
        """Keep what is to be told; the same again changes nothing."""
        ...

    def is_waiting(self, now: datetime) -> bool: ...

    def take_waiting(self, now: datetime, limit: int) -> list[NoticeRow]:
        """Notices whose next way is to be chosen, the longest waiting first; held until the transaction ends."""
        ...

    def later(self, notice_id: str, until: datetime) -> None: ...

    def finish(self, notice_id: str, state: NoticeState, reason: str, at: datetime) -> None:
        """The end of a notice, or that a way is being tried."""
        ...

    def none_can_go(self, reason: str, now: datetime, limit: int) -> int:
        """Finish waiting ones as untold, while no way of sending is on; how many."""
        ...

    def by_id(self, notice_id: str) -> NoticeRow | None: ...

    def add_attempt(self, notice_id: str, key: str, seq: int, channel: str, link_id: str, at: datetime) -> None: ...

    def attempts_of(self, notice_id: str) -> list[AttemptRow]: ...

    def is_due(self, channel: str, now: datetime) -> bool: ...

    def take_attempt(self, channel: str, now: datetime) -> AttemptRow | None:
        """The attempt of this channel that has waited longest; held until the transaction ends."""
        ...

    def stranded(self, on: Collection[str], now: datetime, limit: int) -> list[AttemptRow]:
        """Open attempts of channels that are not on any more, held until the transaction ends."""
        ...

    def attempt_by_key(self, key: str) -> AttemptRow | None: ...

    def by_platform_id(self, channel: str, platform_id: str) -> AttemptRow | None: ...

    def knows_id(self, channel: str, platform_id: str) -> bool: ...

    def save_attempt(
        self, before: AttemptRow, after: Attempt, *, began_at: datetime | None = None, sent_at: datetime | None = None,
        platform_id: str = "", last_error: str = "", channel: str = "",
    ) -> bool:  # fmt: skip
        """Store how far an attempt is now; False, and nothing is changed, when it has moved on meanwhile."""
        ...

    def of_case(self, case_id: str, limit: int) -> list[tuple[NoticeRow, list[AttemptRow]]]:
        """The latest notices of a case, oldest first, with the ways tried."""
        ...

    def untold(self, kinds: Collection[str], who: Outsider, limit: int, offset: int) -> list[UntoldRow]:
        """What nobody could be told, the latest first; none of a case that this officer stands outside of."""
        ...

    def count_untold(self, kinds: Collection[str], who: Outsider, most: int) -> int: ...

    def close(self, notice_id: str, officer: str, who: Outsider, at: datetime) -> bool:
        """An officer told it by other ways; whether this was the first to say so."""
        ...

    def choose(self, case_ids: Sequence[str], *, only_owed: bool, at: datetime) -> None:
        """The petitioner wants only what the Regulations owe them, or everything again."""
        ...

    def wants_only_owed(self, case_id: str) -> bool: ...
