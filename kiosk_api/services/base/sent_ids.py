"""The platforms' ids of messages that are known to be sent: none of them is one that was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import SavedAnswer

_MARK = "channel.sent_id"


def note_id(ctx: Context, channel: str, platform_id: str, now: datetime) -> None:
    """Keep the id of a late answer's part; those of notices stand with their attempts."""
    if not platform_id:
        return
    mark = ctx.marks.mark(_MARK, f"{channel}|{platform_id}")
    with ctx.store.write() as records:
        if records.saved_answer(mark) is None:
            records.save_answer(mark, SavedAnswer("", {}), now)


def known_ids(ctx: Context, channel: str) -> Callable[[str], bool]:
    """Whether an id of this channel is one of ours, looked up for each."""

    def is_ours(platform_id: str) -> bool:
        with ctx.store.read() as records:
            if records.petitioner_notices.knows_id(channel, platform_id):
                return True
            return records.saved_answer(ctx.marks.mark(_MARK, f"{channel}|{platform_id}")) is not None

    return is_ours
