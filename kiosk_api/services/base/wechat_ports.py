"""What the use cases and the web know of WeChat's platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class NotGenuine(Exception):
    """It was not made with one of our keys for our account, or not now. Says no more, to us or to whoever sent it."""


class BadMessage(Exception):
    """It is signed, or need not be, and is no message: not well-formed, too large, or with something that none has."""


@dataclass(frozen=True)
class Template:
    """A message form that the platform has approved: `fields` gives the platform's name of each of ours. A
    `subscription` reaches who has agreed to it (bizsend), any other kind every follower (template/send)."""

    id: str
    fields: Mapping[str, str] = field(default_factory=dict)
    subscription: bool = False


@dataclass(frozen=True)
class Opened:
    """A message as it was sent, by element name. `sealed`: it came encrypted, so the reply must be too, `under` the same
    key: 0 the current one, 1 the one before."""

    fields: Mapping[str, str]
    sealed: bool
    under: int = 0


class WechatDoor(Protocol):
    """Where the platform's requests come in; `query` is that of the address."""

    def is_on(self) -> bool:
        """Whether its settings are there."""

    def greets(self, query: Mapping[str, str], now: datetime) -> bool:
        """Whether the platform checks our address: signed, and fresh."""

    def open(self, query: Mapping[str, str], body: bytes, now: datetime) -> Opened:
        """The message of a request. Raises NotGenuine or BadMessage."""

    def reply(self, opened: Opened, text: str, now: datetime) -> str:
        """The body that answers it with `text`, in its own mode."""


class WechatMedia(Protocol):
    """Files that people sent."""

    def picture(self, media_id: str) -> bytes:
        """A picture. Raises OSError when it cannot be had, or is too large."""


class SendWindow(Protocol):
    """How long after a message of a person, and how often, ordinary messages may be sent to them."""

    def why_not(self, to: str) -> str:
        """`too_late`, `too_many`, or "" when the platform should take one."""

    def note(self, to: str) -> None:
        """One was sent."""


@dataclass(frozen=True)
class WechatAccount:
    """What the web needs of the account."""

    door: WechatDoor
    media: WechatMedia
