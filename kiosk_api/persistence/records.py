"""The records of one transaction, except cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, not_, select, update

from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.policy import GAPS_KEPT, IDEMPOTENCY_KEPT, NOTICES_KEPT, OUTBOX_KEPT, READINGS_KEPT
from kiosk_api.persistence import tables as t
from kiosk_api.persistence.account_tables import officer_log, reading_reasons
from kiosk_api.persistence.accounts import SqlAccounts
from kiosk_api.persistence.allowances import SqlAllowances
from kiosk_api.persistence.attachments import SqlAttachments
from kiosk_api.persistence.callbacks import SqlCallbacks, SqlHallCalls
from kiosk_api.persistence.care import CareRecords
from kiosk_api.persistence.case_links import SqlCaseLinks, SqlPlatformTokens
from kiosk_api.persistence.cases import SqlCases
from kiosk_api.persistence.channel_tables import channel_users
from kiosk_api.persistence.channels import SqlChannelMessages, SqlChannelUsers
from kiosk_api.persistence.clocks import SqlClocks
from kiosk_api.persistence.codec import from_text, new_id, spelled, to_text
from kiosk_api.persistence.dangers import SqlDangers
from kiosk_api.persistence.documents import SqlDocuments
from kiosk_api.persistence.erasures import SqlErasures
from kiosk_api.persistence.guards import RETENTION, rewriting
from kiosk_api.persistence.handovers import SqlAssistCodes, SqlHandovers
from kiosk_api.persistence.notices import SqlNotices
from kiosk_api.persistence.oversight import SqlOversight
from kiosk_api.persistence.people import SqlPeople
from kiosk_api.persistence.petitioner_notice_tables import petitioner_notices
from kiosk_api.persistence.petitioner_notices import SqlPetitionerNotices
from kiosk_api.persistence.staff import StaffRecords
from kiosk_api.persistence.units import SqlUnits
from kiosk_api.persistence.walls import SqlWalls
from kiosk_api.services.base.ports import Cipher
from kiosk_api.services.base.records import Draft, OutboxMessage, SavedAnswer

NEVER = "9999"  # far in the future: until it is released from quarantine
PURGE_MOST = 500  # rows of a table in one run, so that no run holds the store or empties it at once


class SqlRecords(StaffRecords, CareRecords):
    """The Records port over one connection inside a transaction."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self.accounts = SqlAccounts(connection, cipher)
        self.allowances = SqlAllowances(connection)
        self.cases = SqlCases(connection, cipher)
        self.clocks = SqlClocks(connection)
        self.attachments = SqlAttachments(connection, cipher)
        self.handovers = SqlHandovers(connection, cipher)
        self.assist_codes = SqlAssistCodes(connection)
        self.callbacks = SqlCallbacks(connection, cipher)
        self.hall_calls = SqlHallCalls(connection)
        self.dangers = SqlDangers(connection)
        self.walls = SqlWalls(connection)
        self.notices = SqlNotices(connection)
        self.petitioner_notices = SqlPetitionerNotices(connection)
        self.documents = SqlDocuments(connection, cipher)
        self.erasures = SqlErasures(connection, cipher)
        self.people = SqlPeople(connection)
        self.oversight = SqlOversight(connection)
        self.units = SqlUnits(connection)
        self.channel_messages = SqlChannelMessages(connection, cipher)
        self.channel_users = SqlChannelUsers(connection, cipher)
        self.case_links = SqlCaseLinks(connection, cipher)
        self.platform_tokens = SqlPlatformTokens(connection, cipher)

    # idempotency -----------------------------------------------------------------------
    def saved_answer(self, key_mark: str) -> SavedAnswer | None:
        """The stored answer of this key."""
        row = self._connection.execute(
            select(t.idempotency).where(spelled(t.idempotency.c.key_mark, key_mark))
        ).one_or_none()
        if row is None:
            return None
        answer = self._cipher.open(("idempotency", "answer", row.key_mark), row.answer)
        return SavedAnswer(row.fingerprint, answer)

    def save_answer(self, key_mark: str, answer: SavedAnswer, at: datetime) -> None:
        """Store an answer in the transaction of its operation."""
        self._connection.execute(
            insert(t.idempotency).values(
                key_mark=key_mark,
                fingerprint=answer.fingerprint,
                answer=self._cipher.seal(("idempotency", "answer", key_mark), answer.answer),
                created_at=to_text(at),
            )
        )

    # outbox ----------------------------------------------------------------------------
    def send(self, topic: str, case_id: str | None, payload: Mapping[str, Any]) -> None:
        """Leave a message for the worker, delivered at least once after commit."""
        row_id = new_id()
        self._connection.execute(
            insert(t.outbox).values(
                id=row_id,
                topic=topic,
                case_id=case_id,
                payload=self._cipher.seal(("outbox", "payload", row_id), payload),
                available_at="",  # at once
                attempts=0,
            )
        )

    def has_messages(self, now: datetime, topic: str = "", but: str = "") -> bool:
        """Whether anything waits: of one topic, or of all but one and its parts (`but` and `but.…`)."""
        return self._connection.execute(select(t.outbox.c.id).where(_waits(now, topic, but))).first() is not None

    def claim_messages(
        self, now: datetime, lease_s: int, limit: int, topic: str = "", but: str = ""
    ) -> list[OutboxMessage]:
        """Take messages for `lease_s` seconds; unfinished ones come back after that."""
        query = (
            select(t.outbox)
            .where(_waits(now, topic, but))
            .order_by(t.outbox.c.available_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._connection.execute(query).all()
        if rows:
            self._connection.execute(
                update(t.outbox)
                .where(t.outbox.c.id.in_([row.id for row in rows]))
                .values(
                    available_at=to_text(now + timedelta(seconds=lease_s)),
                    attempts=t.outbox.c.attempts + 1,
                )
            )
        messages = []
        for row in rows:
            place = ("outbox", "payload", row.id)
            try:
                payload = self._cipher.open(place, row.payload)
            except Unreadable as broken:  # into quarantine, so that it does not block the others
                self._update_message(row.id, available_at=NEVER, last_error=broken.reason)
                self.quarantine(broken.reason, place, row.case_id, now)
                continue
            messages.append(OutboxMessage(row.id, row.topic, row.case_id, payload, row.attempts + 1))
        return messages

    def message_done(self, message_id: str, at: datetime) -> None:
        """Mark a message as done: it is not delivered again."""
        self._update_message(message_id, done_at=to_text(at), last_error=None)

    def message_failed(self, message_id: str, retry_at: datetime, reason: str) -> None:
        """Deliver it again from `retry_at` on; `reason` is an error class, never its text."""
        self._update_message(message_id, available_at=to_text(retry_at), last_error=reason[:80])

    def _update_message(self, message_id: str, **values: Any) -> None:
        self._connection.execute(update(t.outbox).where(t.outbox.c.id == message_id).values(**values))

    # drafts ----------------------------------------------------------------------------
    def save_draft(
        self,
        session_mark: str,
        resume_mark: str,
        values: Mapping[str, Any],
        at: datetime,
        expires_at: datetime,
    ) -> None:
        """Keep one draft per conversation, replacing the former."""
        self.drop_draft(session_mark)
        self._connection.execute(delete(t.drafts).where(spelled(t.drafts.c.resume_mark, resume_mark)))
        self._connection.execute(
            insert(t.drafts).values(
                session_mark=session_mark,
                resume_mark=resume_mark,
                sealed=self._cipher.seal(("drafts", "sealed", session_mark), values),
                updated_at=to_text(at),
                expires_at=to_text(expires_at),
            )
        )

    def draft_of_session(self, session_mark: str, now: datetime) -> Draft | None:
        """The draft of a conversation; None once it has expired."""
        return self._draft(spelled(t.drafts.c.session_mark, session_mark), now)

    def draft_by_code(self, resume_mark: str, now: datetime) -> Draft | None:
        """The draft of a resume code; None once it has expired."""
        return self._draft(spelled(t.drafts.c.resume_mark, resume_mark), now)

    def _draft(self, wanted: ColumnElement[bool], now: datetime) -> Draft | None:
        row = self._connection.execute(
            select(t.drafts).where(and_(wanted, t.drafts.c.expires_at > to_text(now)))
        ).one_or_none()
        if row is None:
            return None
        try:
            values = self._cipher.open(("drafts", "sealed", row.session_mark), row.sealed)
        except Unreadable:  # a new draft takes its place; nothing registered depends on it
            return None
        return Draft(values, from_text(row.updated_at))

    def drop_draft(self, session_mark: str) -> None:
        """Delete a draft."""
        self._connection.execute(delete(t.drafts).where(spelled(t.drafts.c.session_mark, session_mark)))

    # handbook --------------------------------------------------------------------------
    def count_gaps(self, day: date, times: Mapping[tuple[str, str], int]) -> None:
        """Add to the counts of (outcome, topic) on a day."""
        for (outcome, topic), more in times.items():
            g = t.handbook_gaps
            here = and_(g.c.day == day, g.c.outcome == outcome, g.c.topic == topic)
            done = self._connection.execute(update(g).where(here).values(times=g.c.times + more))
            if done.rowcount == 0:
                self._connection.execute(insert(g).values(day=day, outcome=outcome, topic=topic, times=more))

    def gaps_since(self, day: date) -> list[tuple[str, str, int]]:
        """(topic, outcome, times) from that day on, most often first."""
        g = t.handbook_gaps
        times = func.sum(g.c.times).label("times")
        query = (
            select(g.c.topic, g.c.outcome, times)
            .where(g.c.day >= day)
            .group_by(g.c.topic, g.c.outcome)
            .order_by(times.desc(), g.c.topic)
        )
        return [(row.topic, row.outcome, int(row.times)) for row in self._connection.execute(query)]

    # housekeeping ----------------------------------------------------------------------
    def beat(self, name: str, at: datetime) -> None:
        """Record the heartbeat of a background process."""
        done = self._connection.execute(update(t.heartbeats).where(t.heartbeats.c.name == name).values(at=to_text(at)))
        if done.rowcount == 0:
            self._connection.execute(insert(t.heartbeats).values(name=name, at=to_text(at)))

    def last_beat(self, name: str) -> datetime | None:
        """The time of its last heartbeat."""
        found = self._connection.execute(select(t.heartbeats.c.at).where(t.heartbeats.c.name == name)).scalar()
        return from_text(found) if found else None

    def purge(self, now: datetime) -> None:
        """Delete what is no longer needed, a bounded number of rows at a time."""
        for table, column, moment in (
            (t.drafts, "expires_at", now),
            (t.handovers, "expires_at", now),
            (t.assist_codes, "expires_at", now),
            (t.callbacks, "expires_at", now),  # none while it waits for its call
            (t.hall_calls, "expires_at", now),
            (t.danger_signals, "expires_at", now),
            (t.attachments, "expires_at", now),  # a case's own pictures have no such date
            (t.attachment_bundles, "expires_at", now),
            (t.officer_sessions, "expires_at", now),
            (channel_users, "expires_at", now),
            (t.idempotency, "created_at", now - IDEMPOTENCY_KEPT),
            (t.allowances, "expires_at", now),
            (t.outbox, "done_at", now - OUTBOX_KEPT),
            (petitioner_notices, "done_at", now - NOTICES_KEPT),  # with the ways that were tried
        ):
            self._delete_before(table, column, moment)
        self._forget_readings(to_text(now - READINGS_KEPT))
        self.channel_messages.purge(now, PURGE_MOST)
        oldest = (now - GAPS_KEPT).date()
        self._connection.execute(delete(t.handbook_gaps).where(t.handbook_gaps.c.day < oldest))

    def _forget_readings(self, before: str) -> None:
        """Those older than policy says."""
        old = [table for table in (officer_log, reading_reasons) if self._is_older(table, before)]
        if old:
            with rewriting(self._connection, RETENTION):
                for table in old:
                    first = select(table.c.id).where(table.c.at < before).limit(PURGE_MOST)
                    self._connection.execute(delete(table).where(table.c.id.in_(first)))

    def _is_older(self, table: Table, before: str) -> bool:
        return self._connection.execute(select(table.c.id).where(table.c.at < before).limit(1)).first() is not None

    def _delete_before(self, table: Table, column: str, moment: datetime) -> None:
        key = next(iter(table.primary_key.columns))
        old = select(key).where(table.c[column] < to_text(moment)).limit(PURGE_MOST)
        self._connection.execute(delete(table).where(key.in_(old)))


def _waits(now: datetime, topic: str, but: str) -> ColumnElement[bool]:
    waiting = and_(t.outbox.c.done_at.is_(None), t.outbox.c.available_at <= to_text(now))
    c = t.outbox.c.topic
    if topic:
        return and_(waiting, c == topic)
    return and_(waiting, c != but, not_(c.startswith(f"{but}.", autoescape=True))) if but else waiting
