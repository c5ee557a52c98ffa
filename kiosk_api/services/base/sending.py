"""The port through which a word reaches a person at home: WeChat, a text message, or the console of a laptop.

A sender says exactly one of four things: sent, never (Refused), not now (NotSent), or that it cannot tell
(Unknown). Only after NotSent may the same message be sent again without asking; after Unknown the platform is
asked first with `find`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk_api.domain.notice_attempts import Delivery as Delivery


class SendError(Exception):
    """`reason` is a short English code, never a text of the platform and never anything personal."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(SendError):
    """It will never be sent to this address in this way: no such number, the person has left, outside the 48 hours."""


class NotSent(SendError):
    """It was certainly not sent: busy, no connection, over quota. Try again later."""


class Unknown(SendError):
    """It may have been sent: the request went out and no answer came."""


@dataclass(frozen=True)
class Outgoing:
    """One message. `key` is the same for every attempt. `template` and `fields` are for platforms that send only
    approved templates; `text` says the same to all others. `choices` are those that stand in `text` under `head`, for
    platforms on which they can be tapped."""

    key: str
    text: str
    template: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    head: str = ""
    choices: Mapping[int, str] = field(default_factory=dict)


def _is_unknown(platform_id: str) -> bool:
    return False


@dataclass(frozen=True)
class Lost:
    """A message of which no platform's id is known: to whom, what, and when its sending began. `is_other` says of a
    platform's id that another message of ours has it."""

    to: str
    message: Outgoing
    began_at: datetime
    is_other: Callable[[str], bool] = _is_unknown


class Sender(Protocol):
    """One way of sending. `name` is the channel's key: `wechat`, `sms`, `whatsapp` or `console`."""

    name: str

    def is_on(self) -> bool:
        """Whether its settings are there; one that is off refuses every message."""

    def send(self, to: str, message: Outgoing) -> str:
        """Send to an OpenID or a number in E.164; the platform's id of the message, which may be empty. Raises Refused,
        NotSent or Unknown."""

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        """What the platform knows of a message that was sent before. `lost` says more of one whose sending ended in
        Unknown, for platforms that know no key; such a message is NEVER_SEEN only once the platform surely knew it.
        Never raises."""
