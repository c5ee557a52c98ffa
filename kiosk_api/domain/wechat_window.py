"""When WeChat lets an account write to a person by itself: five messages within 48 hours of one from them.

https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage — after a tap in the menu, a scan or
a new follower it is three within a minute; those are not told apart here, as the platform refuses what it does not allow.
"""

from __future__ import annotations

from datetime import datetime, timedelta

OPEN_FOR = timedelta(hours=48)
MOST = 5


def why_not(heard_at: datetime | None, sent: int, now: datetime) -> str:
    """`too_late` or `too_many`; "" when one may be sent. `sent` counts since the person was last heard."""
    if heard_at is None or now - heard_at > OPEN_FOR:
        return "too_late"
    return "too_many" if sent >= MOST else ""
