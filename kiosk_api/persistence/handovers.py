"""Unfinished petitions left for an officer, and the codes of officers who help at a kiosk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from kiosk_api.domain.errors import Unreadable
from kiosk_api.persistence.codec import spelled, to_text
from kiosk_api.persistence.tables import assist_codes, handovers, officers
from kiosk_api.services.base.ports import Cipher
from kiosk_api.services.base.records import Handover, Helper


class SqlHandovers:
    """The Handovers port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def leave(self, code_mark: str, draft: Mapping[str, Any], at: datetime, expires_at: datetime) -> None:
        """Store it encrypted under its code, replacing an earlier one."""
        self.drop(code_mark)
        self._connection.execute(
            insert(handovers).values(
                code_mark=code_mark,
                sealed=self._cipher.seal(_place(code_mark), draft),
                taken_by=None,
                left_at=to_text(at),
                expires_at=to_text(expires_at),
            )
        )

    def find(self, code_mark: str, now: datetime) -> Handover | None:
        """The handover of a code; None once it has expired."""
        row = self._connection.execute(
            select(handovers).where(
                and_(spelled(handovers.c.code_mark, code_mark), handovers.c.expires_at > to_text(now))
            )
        ).one_or_none()
        if row is None:
            return None
        try:
            draft = self._cipher.open(_place(row.code_mark), row.sealed)
        except Unreadable:  # the citizen hands it over again; nothing registered depends on it
            return None
        return Handover(draft, row.taken_by)

    def take(self, code_mark: str, officer_id: str) -> None:
        """Assign it to this officer; nobody else can open it from now on."""
        self._connection.execute(
            update(handovers).where(spelled(handovers.c.code_mark, code_mark)).values(taken_by=officer_id)
        )

    def drop(self, code_mark: str) -> None:
        """Delete it."""
        self._connection.execute(delete(handovers).where(spelled(handovers.c.code_mark, code_mark)))


class SqlAssistCodes:
    """The AssistCodes port over one connection; the codes say nothing about a citizen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, code_mark: str, officer_id: str, handover_mark: str | None, expires_at: datetime) -> None:
        """Store a code of an officer, replacing an expired one that is not deleted yet."""
        self._connection.execute(delete(assist_codes).where(spelled(assist_codes.c.code_mark, code_mark)))
        self._connection.execute(
            insert(assist_codes).values(
                code_mark=code_mark,
                officer_id=officer_id,
                handover_mark=handover_mark,
                expires_at=to_text(expires_at),
            )
        )

    def helper(self, code_mark: str, now: datetime) -> Helper | None:
        """The officer of a code; None once it has expired."""
        row = self._connection.execute(
            select(assist_codes.c.officer_id, officers.c.display_name, assist_codes.c.handover_mark)
            .join(officers, officers.c.id == assist_codes.c.officer_id)
            .where(and_(spelled(assist_codes.c.code_mark, code_mark), assist_codes.c.expires_at > to_text(now)))
        ).one_or_none()
        return None if row is None else Helper(*row)


def _place(code_mark: str) -> tuple[str, str, str]:
    return ("handovers", "sealed", code_mark)
