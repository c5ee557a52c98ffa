"""Whether each way of sending works, for the readiness page and the desk: two beats for each, written now and then."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk_api.services.base.context import Context
from kiosk_api.services.base.notice_ways import CONSOLE
from kiosk_api.services.base.ports import Records

WRITTEN_EVERY = timedelta(minutes=1)
PARTS = ("wechat", "sms")


def note_health(records: Records, channel: str, now: datetime, *, worked: bool) -> None:
    """Record that the platform worked, or that it did not; a change at once, the same again each minute."""
    ours, other = (f"notices.{channel}.{name}" for name in (("worked", "failed") if worked else ("failed", "worked")))
    last, against = records.last_beat(ours), records.last_beat(other)
    if last is None or (against is not None and against >= last) or abs(now - last) >= WRITTEN_EVERY:
        records.beat(ours, now)


def only_shown(ctx: Context) -> bool:
    """Whether text messages are printed on this machine and not sent."""
    sender = ctx.senders.get("sms")
    return sender is not None and sender.name == CONSOLE


def channel_parts(ctx: Context, records: Records) -> dict[str, str]:
    """`wechat` and `sms`: `off` without settings, `degraded` since it last failed and has not worked again, else `ok`."""
    found = {}
    for name in PARTS:
        sender = ctx.senders.get(name)
        if sender is None or not sender.is_on():
            found[name] = "off"
            continue
        worked, failed = (records.last_beat(f"notices.{sender.name}.{one}") for one in ("worked", "failed"))
        found[name] = "degraded" if failed is not None and (worked is None or failed > worked) else "ok"
    return found
