"""Who is told of which case over which messenger, and tokens that all processes share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.messengers import CaseLink, Proof
from kiosk_api.persistence.channel_tables import case_links, platform_tokens
from kiosk_api.persistence.codec import from_text, new_id, spelled, to_text
from kiosk_api.services.base.ports import Cipher


class SqlCaseLinks:
    """The CaseLinks port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def add(
        self, case_id: str, user_mark: str, channel: str, address: str, language: str, proof: str, at: datetime
    ) -> bool:
        """Whether it is new."""
        c = case_links.c
        known = select(c.id).where(c.case_id == case_id, spelled(c.user_mark, user_mark))
        if self._connection.execute(known).first() is not None:
            return False
        made = new_id()
        self._connection.execute(
            insert(case_links).values(
                id=made, case_id=case_id, user_mark=str(user_mark), channel=channel, language=language,
                proof=str(proof), since=to_text(at), sealed=self._cipher.seal(_of_link(made), {"address": address}),
            )
        )  # fmt: skip
        return True

    def of_case(self, case_id: str) -> list[CaseLink]:
        """The earliest first."""
        query = select(case_links).where(case_links.c.case_id == case_id).order_by(case_links.c.since, case_links.c.id)
        return self._links(query)

    def of_user(self, user_mark: str) -> list[CaseLink]:
        """The latest first."""
        query = select(case_links).where(spelled(case_links.c.user_mark, user_mark))
        return self._links(query.order_by(case_links.c.since.desc(), case_links.c.id))

    def set_language(self, user_mark: str, language: str) -> None:
        """Of all notices to this person."""
        here = spelled(case_links.c.user_mark, user_mark)
        self._connection.execute(update(case_links).where(here).values(language=language))

    def addresses(self, after: str, limit: int) -> list[tuple[str, str, str]]:
        """(id, channel, address) in the order of ids."""
        c = case_links.c
        query = select(c.id, c.channel, c.sealed).where(c.id > after).order_by(c.id).limit(limit)
        return [(row.id, row.channel, self._address(row)) for row in self._connection.execute(query)]

    def set_mark(self, link_id: str, user_mark: str) -> None:
        """Under the key in use."""
        here = case_links.c.id == link_id
        self._connection.execute(update(case_links).where(here).values(user_mark=str(user_mark)))

    def drop_of_user(self, user_mark: str, case_id: str | None = None) -> int:
        """From one case or from all."""
        here = spelled(case_links.c.user_mark, user_mark)
        if case_id is not None:
            here = and_(here, case_links.c.case_id == case_id)
        return int(self._connection.execute(delete(case_links).where(here)).rowcount)

    def _links(self, query: Any) -> list[CaseLink]:
        return [
            CaseLink(row.id, row.case_id, row.channel, address, row.language, Proof(row.proof), from_text(row.since))
            for row in self._connection.execute(query)
            if (address := self._address(row))
        ]

    def _address(self, row: Any) -> str:
        """ "" for a row that does not open: nothing can be sent there, the other ways of telling remain."""
        try:
            return str(self._cipher.open(_of_link(row.id), row.sealed)["address"])
        except Unreadable:
            return ""


class SqlPlatformTokens:
    """The PlatformTokens port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def read(self, name: str, now: datetime) -> str | None:
        """None once it has expired, and when it does not open."""
        c = platform_tokens.c
        row = self._connection.execute(select(c.sealed).where(c.name == name, c.expires_at > to_text(now))).first()
        if row is None or row.sealed is None:
            return None
        try:
            return str(self._cipher.open(_of_token(name), row.sealed)["value"])
        except Unreadable:  # it is asked for anew
            return None

    def claim(self, name: str, now: datetime, until: datetime) -> bool:
        """Whether this caller may renew it."""
        c = platform_tokens.c
        free = and_(c.name == name, c.claimed_until <= to_text(now))
        if self._connection.execute(update(platform_tokens).where(free).values(claimed_until=to_text(until))).rowcount:
            return True
        if self._connection.execute(select(c.name).where(c.name == name)).first() is not None:
            return False
        first = {"name": name, "expires_at": "", "claimed_until": to_text(until)}
        if self._connection.dialect.name == "postgresql":
            asked = insert_on_postgresql(platform_tokens).values(**first).on_conflict_do_nothing()
            return self._connection.execute(asked.returning(c.name)).first() is not None
        self._connection.execute(insert(platform_tokens).values(**first))
        return True

    def put(self, name: str, value: str, expires_at: datetime) -> None:
        """Keep it, and free it to be renewed."""
        values = {
            "sealed": self._cipher.seal(_of_token(name), {"value": value}),
            "expires_at": to_text(expires_at),
            "claimed_until": "",
        }
        here = platform_tokens.c.name == name
        if not self._connection.execute(update(platform_tokens).where(here).values(**values)).rowcount:
            self._connection.execute(insert(platform_tokens).values(name=name, **values))

    def drop(self, name: str) -> None:
        """The platform refused it."""
        here = platform_tokens.c.name == name
        self._connection.execute(update(platform_tokens).where(here).values(sealed=None, expires_at=""))


def _of_link(row_id: str) -> tuple[str, str, str]:
    return ("case_links", "sealed", row_id)


def _of_token(name: str) -> tuple[str, str, str]:
    return ("platform_tokens", "sealed", name)
