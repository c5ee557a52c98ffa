"""Officers, their sessions, and the calendar they edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.workflow import Role
from kiosk_api.persistence import tables as t
from kiosk_api.persistence.clocks import SqlClocks
from kiosk_api.persistence.codec import from_text, spelled, to_text
from kiosk_api.services.base.records import Officer

OFFICERS = select(t.officers, t.units.c.name.label("unit_name")).outerjoin(t.units, t.units.c.id == t.officers.c.unit)


class StaffRecords:
    """The part of the Records port that staff pages use."""

    _connection: Connection

    # staff -----------------------------------------------------------------------------
    def officer_by_name(self, username: str) -> tuple[Officer, str] | None:
        """An officer and the password hash."""
        row = self._connection.execute(OFFICERS.where(t.officers.c.username == username)).one_or_none()
        return None if row is None else (officer_of(row), row.password_hash)

    def add_officer(self, officer: Officer, password_hash: str) -> None:
        """Create an account."""
        self._connection.execute(
            insert(t.officers).values(
                id=officer.id,
                username=officer.username,
                display_name=officer.display_name,
                role=officer.role.value,
                unit=officer.unit,
                password_hash=password_hash,
            )
        )

    def open_session(self, token_mark: str, officer_id: str, at: datetime, expires_at: datetime) -> None:
        """Store a session by the HMAC of its token."""
        self._connection.execute(
            insert(t.officer_sessions).values(
                token_mark=token_mark,
                officer_id=officer_id,
                opened_at=to_text(at),
                expires_at=to_text(expires_at),
            )
        )

    def officer_by_session(self, token_mark: str, now: datetime) -> Officer | None:
        """The officer of a session token, if it is still valid."""
        row = self._connection.execute(
            OFFICERS.join(t.officer_sessions, t.officer_sessions.c.officer_id == t.officers.c.id).where(
                and_(
                    spelled(t.officer_sessions.c.token_mark, token_mark),
                    t.officer_sessions.c.expires_at > to_text(now),
                )
            )
        ).one_or_none()
        return None if row is None else officer_of(row)

    def last_seen(self, token_mark: str) -> datetime | None:
        """The last page of a session that was noted."""
        s = t.officer_sessions.c
        found = self._connection.execute(select(s.seen_at).where(spelled(s.token_mark, token_mark))).scalar()
        return from_text(found) if found else None

    def note_seen(self, token_mark: str, now: datetime) -> None:
        """Note an officer's page."""
        s = t.officer_sessions.c
        self._connection.execute(
            update(t.officer_sessions).where(spelled(s.token_mark, token_mark)).values(seen_at=to_text(now))
        )

    def somebody_seen(self, roles: Sequence[Role], since: datetime, now: datetime) -> bool:
        """Whether an officer of these roles is signed in and has used a page since then."""
        s = t.officer_sessions.c
        query = (
            select(s.token_mark)
            .join(t.officers, t.officers.c.id == s.officer_id)
            .where(and_(t.officers.c.role.in_([one.value for one in roles]), s.expires_at > to_text(now)))
            .where(s.seen_at >= to_text(since))
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def close_session(self, token_mark: str) -> None:
        """Sign out at once."""
        self._connection.execute(delete(t.officer_sessions).where(spelled(t.officer_sessions.c.token_mark, token_mark)))

    # calendar --------------------------------------------------------------------------
    def calendar(self) -> WorkCalendar:
        """The working-day calendar as entered by staff."""
        days = self._connection.execute(select(t.calendar_days)).all()
        years = self._connection.execute(select(t.calendar_years.c.year)).scalars()
        return WorkCalendar(
            holidays=frozenset(row.day for row in days if row.kind == "holiday"),
            make_up_days=frozenset(row.day for row in days if row.kind == "make_up"),
            confirmed_years=frozenset(years),
        )

    def set_calendar_day(self, day: date, kind: str, source: str) -> None:
        """Kind is holiday, make_up or ordinary (which removes the entry). What counts working days past that day is
        computed again."""
        here = t.calendar_days.c.day == day
        before = self._connection.execute(select(t.calendar_days.c.kind).where(here)).scalar() or "ordinary"
        self._connection.execute(delete(t.calendar_days).where(here))
        if kind != "ordinary":
            self._connection.execute(insert(t.calendar_days).values(day=day, kind=kind, source=source))
        if kind != before:
            SqlClocks(self._connection).recheck_working_days(day)

    def confirm_year(self, year: int, source: str, at: datetime) -> None:
        """State that a year's public holidays are known and entered."""
        self._connection.execute(delete(t.calendar_years).where(t.calendar_years.c.year == year))
        self._connection.execute(insert(t.calendar_years).values(year=year, source=source, confirmed_at=to_text(at)))


def officer_of(row: Any) -> Officer:
    """A row of OFFICERS."""
    return Officer(row.id, row.username, row.display_name, Role(row.role), row.unit, row.unit_name)
