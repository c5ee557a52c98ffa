"""The store's ports for messengers: messages and their answers, people, their cases, and tokens of platforms.

People and messages are found by keyed marks; addresses, answers and tokens are sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Protocol

from kiosk_api.domain.messengers import CaseLink, Heard, Person


class ChannelMessages(Protocol):
    """Each message once, with the answer that every repetition of it gets."""

    def find(self, mark: str) -> Heard | None:
        """The message of this mark."""
        ...

    def get(self, message_id: str) -> Heard | None: ...

    def by_id(self, message_id: str) -> Heard | None:
        """Locked until the transaction ends, where the store locks rows."""
        ...

    def add(
        self, mark: str, user_mark: str, number: int, at: datetime, lease_until: datetime, expires_at: datetime
    ) -> Heard:
        """A message that is worked on until `lease_until`."""
        ...

    def renew(self, ids: Collection[str], now: datetime, lease_until: datetime, heard_after: datetime) -> None:
        """Lengthen the leases of messages that are worked on; one that is over, or heard before `heard_after`, stays."""
        ...

    def running(self, user_mark: str, now: datetime, before: int | None = None) -> int:
        """How many messages of a person are worked on, their leases not over; `before` a message, by its number."""
        ...

    def make_late(self, message_id: str) -> None:
        """Its answer is not waited for any more and goes by a Sender."""
        ...

    def finish(self, message_id: str, answer: Mapping[str, Any], at: datetime) -> None:
        """Keep the answer, sealed."""
        ...

    def abandoned(self, now: datetime, limit: int) -> list[Heard]:
        """Messages whose lease has passed without an answer: their process has died."""
        ...


class ChannelUsers(Protocol):
    """People at messengers, one row each."""

    def hold(self, mark: str, channel: str, address: str) -> Person:
        """The person of this mark, locked until the transaction ends; made if there is none. One whose mark is of a former
        key gets the mark of the key in use."""
        ...

    def find(self, mark: str) -> Person | None: ...

    def save(self, person: Person, expires_at: datetime) -> None: ...

    def count_sent(self, mark: str) -> None:
        """One more message went to this person since the last one was heard."""
        ...

    def drop(self, mark: str) -> None: ...


class CaseLinks(Protocol):
    """Who is told of which case over which messenger."""

    def add(
        self, case_id: str, user_mark: str, channel: str, address: str, language: str, proof: str, at: datetime
    ) -> bool:
        """Whether it is new; a person is bound to a case once."""
        ...

    def of_case(self, case_id: str) -> list[CaseLink]:
        """The earliest first."""
        ...

    def of_user(self, user_mark: str) -> list[CaseLink]:
        """The latest first."""
        ...

    def set_language(self, user_mark: str, language: str) -> None: ...

    def addresses(self, after: str, limit: int) -> list[tuple[str, str, str]]:
        """(id, channel, address) in the order of ids; a row that does not open has the address ""."""
        ...

    def set_mark(self, link_id: str, user_mark: str) -> None: ...

    def drop_of_user(self, user_mark: str, case_id: str | None = None) -> int:
        """Unbind a person from one case or from all; how many it were."""
        ...


class PlatformTokens(Protocol):
    """Access tokens that all processes share, each renewed by one of them."""

    def read(self, name: str, now: datetime) -> str | None:
        """None once it has expired, and when it does not open."""
        ...

    def claim(self, name: str, now: datetime, until: datetime) -> bool:
        """Whether this caller may renew it; nobody else may until then, or until it is put."""
        ...

    def put(self, name: str, value: str, expires_at: datetime) -> None: ...

    def drop(self, name: str) -> None:
        """The platform refused it."""
        ...
