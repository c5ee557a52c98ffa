"""Messengers: messages once with their answers, and people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.messengers import Heard, Option, Person
from kiosk_api.domain.policy import CHANNEL_MESSAGE_KEPT
from kiosk_api.persistence.channel_tables import case_links, channel_messages, channel_users
from kiosk_api.persistence.codec import from_text, new_id, spelled, to_text
from kiosk_api.services.base.ports import Cipher


class SqlChannelMessages:
    """The ChannelMessages port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def find(self, mark: str) -> Heard | None:
        """The message of this mark."""
        row = self._connection.execute(
            select(channel_messages).where(spelled(channel_messages.c.mark, mark))
        ).one_or_none()
        return self._heard(row) if row else None

    def get(self, message_id: str) -> Heard | None:
        """Not locked."""
        query = select(channel_messages).where(channel_messages.c.id == message_id)
        row = self._connection.execute(query).one_or_none()
        return self._heard(row) if row else None

    def by_id(self, message_id: str) -> Heard | None:
        """Locked until the transaction ends; SQLite's writer is alone anyway."""
        query = select(channel_messages).where(channel_messages.c.id == message_id)
        row = self._connection.execute(query.with_for_update()).one_or_none()
        return self._heard(row) if row else None

    def add(
        self, mark: str, user_mark: str, number: int, at: datetime, lease_until: datetime, expires_at: datetime
    ) -> Heard:
        """A message that is worked on until `lease_until`."""
        made = new_id()
        self._connection.execute(
            insert(channel_messages).values(
                id=made, mark=mark, user_mark=user_mark, number=number, is_late=False, at=to_text(at),
                lease_until=to_text(lease_until), expires_at=to_text(expires_at),
            )
        )  # fmt: skip
        return Heard(made, str(user_mark), number, is_done=False, is_late=False, lease_until=lease_until)

    def renew(self, ids: Collection[str], now: datetime, lease_until: datetime, heard_after: datetime) -> None:
        """One that is over is owned up to by the worker and not taken back; none is ever shortened."""
        c, until = channel_messages.c, to_text(lease_until)
        theirs = and_(c.id.in_(sorted(ids)), c.done_at.is_(None), c.at >= to_text(heard_after))
        runs = and_(c.lease_until >= to_text(now), c.lease_until < until)
        self._connection.execute(update(channel_messages).where(theirs, runs).values(lease_until=until))

    def running(self, user_mark: str, now: datetime, before: int | None = None) -> int:
        """How many messages of a person are worked on."""
        c = channel_messages.c
        query = select(func.count()).where(
            c.done_at.is_(None), c.user_mark == str(user_mark), c.lease_until >= to_text(now)
        )
        if before is not None:
            query = query.where(c.number < before)
        return int(self._connection.execute(query).scalar_one())

    def make_late(self, message_id: str) -> None:
        """Its answer goes by a Sender."""
        self._set(message_id, is_late=True)

    def finish(self, message_id: str, answer: Mapping[str, Any], at: datetime) -> None:
        """Keep the answer, sealed."""
        self._set(message_id, sealed=self._cipher.seal(_of_message(message_id), answer), done_at=to_text(at))

    def abandoned(self, now: datetime, limit: int) -> list[Heard]:
        """Messages whose lease has passed without an answer."""
        c = channel_messages.c
        query = select(channel_messages).where(c.done_at.is_(None), c.lease_until < to_text(now)).limit(limit)
        return [self._heard(row) for row in self._connection.execute(query)]

    def purge(self, now: datetime, most: int) -> None:
        """First the answer goes; that the message was heard is known for longer."""
        c = channel_messages.c
        over = c.expires_at < to_text(now)
        gone = select(c.id).where(over, c.sealed.is_(None)).limit(most)
        self._connection.execute(delete(channel_messages).where(c.id.in_(gone)))
        answered = select(c.id).where(over, c.sealed.is_not(None)).limit(most)
        kept = {"sealed": None, "expires_at": to_text(now + CHANNEL_MESSAGE_KEPT)}
        self._connection.execute(update(channel_messages).where(c.id.in_(answered)).values(**kept))

    def _set(self, message_id: str, **values: Any) -> None:
        self._connection.execute(update(channel_messages).where(channel_messages.c.id == message_id).values(**values))

    def _heard(self, row: Any) -> Heard:
        answer = {}
        if row.sealed is not None:
            try:
                answer = self._cipher.open(_of_message(row.id), row.sealed)
            except Unreadable:  # it is answered with nothing; no record depends on it
                answer = {}
        return Heard(
            row.id, row.user_mark, row.number, row.done_at is not None, row.is_late, from_text(row.lease_until), answer
        )


class SqlChannelUsers:
    """The ChannelUsers port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def hold(self, mark: str, channel: str, address: str) -> Person:
        """The person of this mark, locked until the transaction ends; made if there is none."""
        if found := self._find(mark, lock=True):
            found = found if found.address else replace(found, address=address)
            return found if found.mark == str(mark) else self._renamed(found, str(mark))
        first = {
            "mark": str(mark), "channel": channel, "heard": 0, "heard_at": None, "sent": 0, "expires_at": "",
            "sealed": self._cipher.seal(_of_user(mark), {"address": address}),
        }  # fmt: skip
        if self._connection.dialect.name == "postgresql":  # two processes may hear somebody's first words at once
            self._connection.execute(insert_on_postgresql(channel_users).values(**first).on_conflict_do_nothing())
        else:
            self._connection.execute(insert(channel_users).values(**first))
        found = self._find(mark, lock=True)
        assert found is not None
        return found

    def _renamed(self, person: Person, mark: str) -> Person:
        for table in (case_links, channel_messages):
            theirs = table.c.user_mark == person.mark
            self._connection.execute(update(table).where(theirs).values(user_mark=mark))
        renamed = replace(person, mark=mark)
        here = channel_users.c.mark == person.mark
        self._connection.execute(update(channel_users).where(here).values(mark=mark, sealed=self._sealed(renamed)))
        return renamed

    def _sealed(self, person: Person) -> bytes:
        content = {
            "address": person.address,
            "language": person.language,
            "options": [[one.number, one.label, one.value] for one in person.options],
            "offered_at": to_text(person.offered_at) if person.offered_at else "",
            "expects": person.expects,
            "state": dict(person.state),
        }
        return self._cipher.seal(_of_user(person.mark), content)

    def find(self, mark: str) -> Person | None:
        """The person of this mark."""
        return self._find(mark)

    def save(self, person: Person, expires_at: datetime) -> None:
        """Replace what is known."""
        self._connection.execute(
            update(channel_users)
            .where(channel_users.c.mark == person.mark)
            .values(
                heard=person.heard,
                heard_at=to_text(person.heard_at) if person.heard_at else None,
                sent=person.sent,
                sealed=self._sealed(person),
                expires_at=to_text(expires_at),
            )
        )

    def count_sent(self, mark: str) -> None:
        """One more since the last one was heard."""
        here = spelled(channel_users.c.mark, mark)
        self._connection.execute(update(channel_users).where(here).values(sent=channel_users.c.sent + 1))

    def drop(self, mark: str) -> None:
        """Forget a person."""
        self._connection.execute(delete(channel_users).where(spelled(channel_users.c.mark, mark)))

    def _find(self, mark: str, *, lock: bool = False) -> Person | None:
        query = select(channel_users).where(spelled(channel_users.c.mark, mark)).limit(1)
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            return None
        try:
            content = self._cipher.open(_of_user(row.mark), row.sealed)
        except Unreadable:  # said again by the person's next message
            content = {}
        return Person(
            mark=row.mark,
            channel=row.channel,
            address=content.get("address", ""),
            heard=row.heard,
            heard_at=from_text(row.heard_at) if row.heard_at else None,
            sent=row.sent,
            language=content.get("language", "zh"),
            options=tuple(Option(label, value, number) for number, label, value in content.get("options", ())),
            offered_at=from_text(content["offered_at"]) if content.get("offered_at") else None,
            expects=content.get("expects", ""),
            state=content.get("state", {}),
        )


def _of_message(row_id: str) -> tuple[str, str, str]:
    return ("channel_messages", "sealed", row_id)


def _of_user(mark: str) -> tuple[str, str, str]:
    return ("channel_users", "sealed", str(mark))
