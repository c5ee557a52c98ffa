"""A part of a late answer, sent once: what came of each attempt is noted, so that the next one knows.

A part that was certainly not sent is sent again. One whose attempt has no end, because no answer came or the worker
died, is asked for, and sent again only if the platform never saw it.
"""

from __future__ import annotations

from datetime import datetime

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import SavedAnswer
from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, Sender, Unknown
from kiosk_api.services.base.sent_ids import known_ids, note_id

_HAS_IT = (Delivery.SENT, Delivery.DELIVERED, Delivery.CANNOT_TELL)
_SENT, _BEGAN, _ENDED = "sent", "began", "ended"


def send_once(ctx: Context, sender: Sender, to: str, part: Outgoing, attempt: int) -> None:
    """Send it, unless an earlier attempt has. Raises Refused, or NotSent to be tried again."""
    if was_sent(ctx, part.key):
        return
    began = _in_doubt(ctx, part.key, attempt)
    if began is not None and _has_it(ctx, sender, to, part, began):
        _note(ctx, part.key, _SENT)
        return
    _note(ctx, part.key, f"{_BEGAN}-{attempt}")
    platform_id = ""
    try:
        platform_id = sender.send(to, part)
    except (NotSent, Refused):
        _note(ctx, part.key, f"{_ENDED}-{attempt}")
        raise
    except Unknown:
        if not _has_it(ctx, sender, to, part, ctx.clock.now()):
            _note(ctx, part.key, f"{_ENDED}-{attempt}")
            raise NotSent("never_seen") from None
    _note(ctx, part.key, _SENT)
    note_id(ctx, sender.name, platform_id, ctx.clock.now())


def was_sent(ctx: Context, key: str) -> bool:
    """Whether an earlier attempt has sent this part."""
    return _noted(ctx, key, _SENT) is not None


def _in_doubt(ctx: Context, key: str, attempt: int) -> datetime | None:
    """When the last attempt that has no end began."""
    for earlier in range(attempt - 1, 0, -1):
        began = _noted(ctx, key, f"{_BEGAN}-{earlier}")
        if began is not None and _noted(ctx, key, f"{_ENDED}-{earlier}") is None:
            return began
    return None


def _has_it(ctx: Context, sender: Sender, to: str, part: Outgoing, began: datetime) -> bool:
    return sender.find(part.key, "", Lost(to, part, began, known_ids(ctx, sender.name))) in _HAS_IT


def _noted(ctx: Context, key: str, what: str) -> datetime | None:
    with ctx.store.read() as records:
        found = records.saved_answer(ctx.marks.mark("channel.part", f"{key}|{what}"))
    return datetime.fromisoformat(found.answer["at"]) if found else None


def _note(ctx: Context, key: str, what: str) -> None:
    now = ctx.clock.now()
    mark = ctx.marks.mark("channel.part", f"{key}|{what}")
    with ctx.store.write() as records:
        if records.saved_answer(mark) is None:
            records.save_answer(mark, SavedAnswer("", {"at": now.isoformat()}), now)
