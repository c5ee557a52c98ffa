"""What every messenger's adapter makes of a message, after it has checked who sent it: the one contract of channels.

An adapter verifies, normalises and renders. Whether the message was heard before, what a bare number chooses, which
conversation it belongs to and what is answered when the assistant is slow is decided behind this contract.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What came in. `SCAN`: a QR code with `text` as its content; `PRESS`: a menu entry with `text` as its key;
    `JOINED` and `LEFT`: the person follows the account, or no more; `OTHER`: a sticker, a video, a file, a shared card."""

    TEXT = "text"
    VOICE = "voice"  # `text` holds what was recognised, and may be empty
    PICTURE = "picture"
    PLACE = "place"  # `text` holds the place in words
    PRESS = "press"
    SCAN = "scan"
    JOINED = "joined"
    LEFT = "left"
    OTHER = "other"


@dataclass(frozen=True)
class Incoming:
    """One message. `channel` is `wechat`, `sms` or `whatsapp`; `user` the platform's id of the person (an OpenID, a
    number in E.164), stored only as a keyed mark or sealed; `message_id` the same for every repetition of one message."""

    channel: str
    user: str
    message_id: str
    kind: Kind
    sent_at: datetime
    text: str = ""
    in_group: bool = False  # one of a group's; those are not answered
    fetch: Callable[[], bytes] | None = None  # loads a picture; raises OSError when it cannot be had
    first: tuple[Incoming, ...] = ()  # what came in the same message and is taken before it: its pictures
