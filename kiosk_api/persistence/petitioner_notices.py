"""Notices to petitioners: kept once, told by one way after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from kiosk_api.domain.notice_attempts import Attempt, State
from kiosk_api.domain.notice_records import AttemptRow, NoticeRow, NoticeState, UntoldRow
from kiosk_api.domain.petitioner_notices import OF_STAGE, Due, NoticeKind, notice_id, occasion_of_clock, subject_of
from kiosk_api.domain.wall import Outsider
from kiosk_api.persistence.codec import from_text, to_text
from kiosk_api.persistence.petitioner_notice_tables import OPEN, UNTOLD, WAITS
from kiosk_api.persistence.petitioner_notice_tables import notice_attempts as attempts
from kiosk_api.persistence.petitioner_notice_tables import notice_choices as choices
from kiosk_api.persistence.petitioner_notice_tables import petitioner_notices as notices
from kiosk_api.persistence.tables import cases
from kiosk_api.persistence.walls import outside


class SqlPetitionerNotices:
    """The PetitionerNotices port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, subject: str, case_id: str | None, due: Sequence[Due], at: datetime) -> None:
        """Keep what is to be told; the same again changes nothing."""
        _keep(self._connection, [
            _row(subject, case_id, one.occasion, one.kind, to_text(at), to_text(one.not_before)) for one in due
        ])  # fmt: skip

    # what waits ------------------------------------------------------------------------
    def is_waiting(self, now: datetime) -> bool:
        """Whether the next way of any notice is to be chosen."""
        return self._connection.execute(select(notices.c.id).where(_waits(now)).limit(1)).first() is not None

    def take_waiting(self, now: datetime, limit: int) -> list[NoticeRow]:
        """The longest waiting first; held until the transaction ends."""
        query = select(notices).where(_waits(now)).order_by(notices.c.next_at).limit(limit)
        return [_notice(row) for row in self._connection.execute(query.with_for_update(skip_locked=True))]

    def later(self, notice_id: str, until: datetime) -> None:
        """Look at it again then."""
        self._set(notice_id, next_at=to_text(until))

    def finish(self, notice_id: str, state: NoticeState, reason: str, at: datetime) -> None:
        """The end of a notice, or the next step of one that goes on."""
        goes_on = state in (NoticeState.WAITING, NoticeState.UNDERWAY)
        done = None if goes_on else to_text(at)
        self._set(notice_id, state=state.value, reason=reason[:40], next_at=to_text(at), done_at=done)

    def none_can_go(self, reason: str, now: datetime, limit: int) -> int:
        """Finish waiting ones as untold, without opening a case."""
        some = select(notices.c.id).where(_waits(now)).limit(limit).with_for_update(skip_locked=True)
        done = self._connection.execute(
            update(notices)
            .where(notices.c.id.in_(some))
            .values(state=NoticeState.UNTOLD.value, reason=reason, done_at=to_text(now))
        )
        return int(done.rowcount)

    def by_id(self, notice_id: str) -> NoticeRow | None:
        """One notice, held until the transaction ends."""
        row = self._connection.execute(select(notices).where(notices.c.id == notice_id).with_for_update()).one_or_none()
        return _notice(row) if row else None

    def _set(self, notice_id: str, **values: Any) -> None:
        self._connection.execute(update(notices).where(notices.c.id == notice_id).values(**values))

    # the ways tried --------------------------------------------------------------------
    def add_attempt(self, notice_id: str, key: str, seq: int, channel: str, link_id: str, at: datetime) -> None:
        """A way that is to be tried now."""
        self._connection.execute(
            insert(attempts).values(
                id=key, notice_id=notice_id, seq=seq, channel=channel, link_id=link_id, state=State.WAITING.value,
                tries=0, asks=0, next_at=to_text(at),
            )
        )  # fmt: skip

    def attempts_of(self, notice_id: str) -> list[AttemptRow]:
        """Every way tried, in order."""
        query = select(attempts).where(attempts.c.notice_id == notice_id).order_by(attempts.c.seq)
        return [_attempt(row) for row in self._connection.execute(query)]

    def is_due(self, channel: str, now: datetime) -> bool:
        """Whether there is something to do on this channel."""
        return self._connection.execute(select(attempts.c.id).where(_due(channel, now)).limit(1)).first() is not None

    def take_attempt(self, channel: str, now: datetime) -> AttemptRow | None:
        """The one that has waited longest; held until the transaction ends."""
        query = select(attempts).where(_due(channel, now)).order_by(attempts.c.next_at).limit(1)
        row = self._connection.execute(query.with_for_update(skip_locked=True)).one_or_none()
        return _attempt(row) if row else None

    def stranded(self, on: Collection[str], now: datetime, limit: int) -> list[AttemptRow]:
        """Of channels that are not on any more; those that somebody works on are left until their lease has passed."""
        a = attempts.c
        query = select(attempts).where(a.channel.not_in(sorted(on)), OPEN, a.next_at <= to_text(now)).limit(limit)
        return [_attempt(row) for row in self._connection.execute(query)]

    def attempt_by_key(self, key: str) -> AttemptRow | None:
        """The attempt that has this key, held until the transaction ends."""
        row = self._connection.execute(select(attempts).where(attempts.c.id == key).with_for_update()).one_or_none()
        return _attempt(row) if row else None

    def by_platform_id(self, channel: str, platform_id: str) -> AttemptRow | None:
        """The attempt that the platform knows by this id, held until the transaction ends."""
        here = and_(attempts.c.platform_id == platform_id, attempts.c.channel == channel)
        row = self._connection.execute(select(attempts).where(here).with_for_update()).first()
        return _attempt(row) if row and platform_id else None

    def knows_id(self, channel: str, platform_id: str) -> bool:
        """Whether an attempt has this id of a platform."""
        here = and_(attempts.c.platform_id == platform_id, attempts.c.channel == channel)
        return self._connection.execute(select(attempts.c.id).where(here).limit(1)).first() is not None

    def save_attempt(
        self, before: AttemptRow, after: Attempt, *, began_at: datetime | None = None, sent_at: datetime | None = None,
        platform_id: str = "", last_error: str = "", channel: str = "",
    ) -> bool:  # fmt: skip
        """Store how far it is now, unless it has moved on meanwhile."""
        was, a = before.attempt, attempts.c
        same = and_(
            a.id == before.id, a.state == was.state.value, a.tries == was.tries, a.asks == was.asks,
            a.next_at == to_text(was.next_at),
        )  # fmt: skip
        values: dict[str, Any] = {
            "state": after.state.value, "tries": after.tries, "asks": after.asks, "next_at": to_text(after.next_at),
        }  # fmt: skip
        values |= {name: to_text(at) for name, at in (("began_at", began_at), ("sent_at", sent_at)) if at is not None}
        for name, given in (("platform_id", platform_id[:128]), ("last_error", last_error[:40]), ("channel", channel)):
            if given:
                values[name] = given
        return self._connection.execute(update(attempts).where(same).values(**values)).rowcount == 1

    # what is shown ---------------------------------------------------------------------
    def of_case(self, case_id: str, limit: int) -> list[tuple[NoticeRow, list[AttemptRow]]]:
        """The latest notices of a case, oldest first."""
        ours = notices.c.id.between(f"{case_id}:", f"{case_id};")  # the sign after the colon
        query = select(notices).where(ours).order_by(notices.c.at.desc(), notices.c.id)
        found = [_notice(row) for row in self._connection.execute(query.limit(limit))]
        wanted = select(attempts).where(attempts.c.notice_id.in_([one.id for one in found])).order_by(attempts.c.seq)
        tried: dict[str, list[AttemptRow]] = {}
        for row in self._connection.execute(wanted) if found else ():
            tried.setdefault(row.notice_id, []).append(_attempt(row))
        return [(one, tried.get(one.id, [])) for one in reversed(found)]

    def untold(self, kinds: Collection[str], who: Outsider, limit: int, offset: int) -> list[UntoldRow]:
        """The latest first; none of a case that this officer stands outside of."""
        n = notices.c
        query = (
            select(n.id, n.kind, n.at, n.state, n.reason, cases.c.case_number)
            .join(cases, cases.c.id == n.case_id, isouter=True)
            .where(_untold(kinds, who))
            .order_by(n.at.desc(), n.id)
            .limit(limit)
            .offset(offset)
        )
        return [
            UntoldRow(row.id, NoticeKind(row.kind), from_text(row.at), NoticeState(row.state), row.reason or "",
                      subject_of(row.id), row.case_number)
            for row in self._connection.execute(query)
        ]  # fmt: skip

    def count_untold(self, kinds: Collection[str], who: Outsider, most: int) -> int:
        """How many, counted up to `most`."""
        some = (
            select(notices.c.id)
            .join(cases, cases.c.id == notices.c.case_id, isouter=True)
            .where(_untold(kinds, who))
            .limit(most)
        )
        return int(self._connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())

    def close(self, notice_id: str, officer: str, who: Outsider, at: datetime) -> bool:
        """An officer told it by other ways; whether this was the first to say so."""
        n = notices.c
        theirs = or_(n.case_id.is_(None), n.case_id.in_(select(cases.c.id).where(outside(who))))
        told = {"state": NoticeState.OTHERWISE.value, "closed_by": officer, "closed_at": to_text(at)}
        done = self._connection.execute(update(notices).where(n.id == notice_id, UNTOLD, theirs).values(**told))
        return done.rowcount == 1

    # what the petitioner wants -----------------------------------------------------------
    def choose(self, case_ids: Sequence[str], *, only_owed: bool, at: datetime) -> None:
        """Only what the Regulations owe them, or everything again."""
        if not case_ids:
            return
        self._connection.execute(delete(choices).where(choices.c.case_id.in_(case_ids)))
        if only_owed:
            self._connection.execute(insert(choices), [{"case_id": one, "at": to_text(at)} for one in case_ids])

    def wants_only_owed(self, case_id: str) -> bool:
        """Whether the petitioner of this case has said so."""
        return self._connection.execute(select(choices.c.at).where(choices.c.case_id == case_id)).first() is not None


def keep_of_clocks(connection: Connection, noted: Iterable[tuple[str, str, int, str]], at: str) -> None:
    """What the petitioners hear of the clocks just noted, as (case, clock, seq, stage): one statement for all of them,
    since a million may run out in one night."""
    _keep(connection, [
        _row(case_id, case_id, occasion_of_clock(clock, seq, stage), OF_STAGE[clock, stage], at, at)
        for case_id, clock, seq, stage in noted
        if (clock, stage) in OF_STAGE
    ])  # fmt: skip


def _keep(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        make = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
        connection.execute(make(notices).on_conflict_do_nothing(), rows)


def _row(
    subject: str, case_id: str | None, occasion: str, kind: NoticeKind, at: str, not_before: str
) -> dict[str, Any]:
    return {
        "id": notice_id(subject, occasion), "case_id": case_id, "kind": kind.value, "at": at, "state": "waiting",
        "next_at": not_before,
    }  # fmt: skip


def _waits(now: datetime) -> ColumnElement[bool]:
    return and_(WAITS, notices.c.next_at <= to_text(now))


def _due(channel: str, now: datetime) -> ColumnElement[bool]:
    return and_(attempts.c.channel == channel, OPEN, attempts.c.next_at <= to_text(now))


def _untold(kinds: Collection[str], who: Outsider) -> ColumnElement[bool]:
    n = notices.c
    return and_(UNTOLD, n.kind.in_(sorted(kinds)), or_(n.case_id.is_(None), outside(who)))


def _notice(row: Any) -> NoticeRow:
    done, closed = (from_text(at) if at else None for at in (row.done_at, row.closed_at))
    return NoticeRow(
        row.id, subject_of(row.id), row.case_id, NoticeKind(row.kind), from_text(row.at), NoticeState(row.state),
        row.reason or "", done, closed,
    )  # fmt: skip


def _attempt(row: Any) -> AttemptRow:
    return AttemptRow(
        id=row.id,
        notice_id=row.notice_id,
        channel=row.channel,
        link_id=row.link_id,
        attempt=Attempt(State(row.state), from_text(row.next_at), row.tries, row.asks),
        began_at=from_text(row.began_at) if row.began_at else None,
        sent_at=from_text(row.sent_at) if row.sent_at else None,
        platform_id=row.platform_id or "",
        last_error=row.last_error or "",
    )
