"""Counts for the operator's figures: of messages, dates and rows, never of persons, units or single cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, select, text

from kiosk_api.domain.clocks import RIGHTS
from kiosk_api.domain.figures import SPANS, Due, Queue
from kiosk_api.persistence import tables as t
from kiosk_api.persistence.clock_tables import case_clocks
from kiosk_api.persistence.codec import to_text
from kiosk_api.persistence.petitioner_notice_tables import OPEN as OPEN_ATTEMPT
from kiosk_api.persistence.petitioner_notice_tables import UNTOLD, WAITS, notice_attempts, petitioner_notices

SOON_DAYS = (3, 7)
_OPEN_STAGES = ("", "due_soon", "overdue")
OFTEN = 3  # tries after which a message counts as failing


class SqlFigures:
    """The Figures port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queues(self) -> list[Queue]:
        """How many messages wait for the worker, by topic, and how many of them have failed often."""
        c = t.outbox.c
        often = func.sum(case((c.attempts > OFTEN, 1), else_=0))
        rows = self._connection.execute(
            select(c.topic, func.count(), often).where(c.done_at.is_(None)).group_by(c.topic)
        )
        return [Queue(*row) for row in rows]

    def waiting_messages(self, most: int) -> list[tuple[str, str]]:
        """(id, topic) of messages that wait, those that have waited from the start first, at most so many."""
        c = t.outbox.c
        query = select(c.id, c.topic).where(c.done_at.is_(None)).order_by(c.available_at).limit(most)
        return [tuple(row) for row in self._connection.execute(query)]

    def due(self, today: date) -> list[Due]:
        """Running clocks that are late or due within 3 or 7 days, by kind of clock and nothing else.

        A right that somebody may use is no duty: unused it lapses, and nobody is late.
        """
        c = case_clocks.c
        limits = (c.due_on < today, *(c.due_on <= today + timedelta(days=days) for days in SOON_DAYS))
        span = case(*zip(limits, SPANS, strict=True))
        query = (
            select(c.clock, span, func.count())
            .where(
                and_(
                    c.state == "running",
                    c.stage.in_(_OPEN_STAGES),  # so that the sweep's index leaves out what is due later
                    c.due_on <= today + timedelta(days=SOON_DAYS[-1]),
                    c.clock.not_in(sorted(RIGHTS)),
                )
            )
            .group_by(c.clock, span)
        )
        return [Due(*row) for row in self._connection.execute(query)]

    def notices(self, now: datetime) -> dict[str, int]:
        """Notices to petitioners that wait, that are late by an hour, and that reached nobody and are still open."""
        n, late = petitioner_notices.c, to_text(now - timedelta(hours=1))
        return {
            "waiting": self._count(select(n.id).where(WAITS)),
            "late": self._count(select(n.id).where(and_(WAITS, n.next_at < late))),
            "untold": self._count(select(n.id).where(and_(UNTOLD, n.closed_at.is_(None)))),
        }

    def attempts(self) -> dict[str, int]:
        """Open tries to tell a petitioner, by channel."""
        c = notice_attempts.c
        query = select(c.channel, func.count()).where(OPEN_ATTEMPT).group_by(c.channel)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def drafts(self) -> int:
        """Petitions that somebody has begun and not handed in."""
        return self._count(select(t.drafts.c.session_mark))

    def callbacks(self, now: datetime) -> dict[str, int]:
        """Requests to be called back that are open, and those whose time has passed."""
        c = t.callbacks.c
        still = c.closed_at.is_(None)
        return {
            "open": self._count(select(c.id).where(still)),
            "late": self._count(select(c.id).where(and_(still, c.due_by < to_text(now)))),
        }

    def size(self) -> int:
        """Bytes of the store."""
        if self._connection.dialect.name == "sqlite":
            pages = self._connection.execute(text("PRAGMA page_count")).scalar_one()
            return int(pages) * int(self._connection.execute(text("PRAGMA page_size")).scalar_one())
        return int(self._connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())

    def _count(self, of: Select[Any]) -> int:
        return int(self._connection.execute(select(func.count()).select_from(of.subquery())).scalar_one())
