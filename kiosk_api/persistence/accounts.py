"""Accounts: who may sign in, their sessions, the offices they held, and what they read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from kiosk_api.domain.account_records import Account, DeskSession, Reading, RoleHeld, Totp
from kiosk_api.domain.workflow import Role
from kiosk_api.persistence import tables as t
from kiosk_api.persistence.account_tables import officer_apps, officer_log, officer_roles, reading_reasons
from kiosk_api.persistence.codec import SHANGHAI, from_text, new_id, spelled, to_text
from kiosk_api.services.base.ports import Cipher

_ACCOUNTS = select(t.officers, t.units.c.name.label("unit_name")).outerjoin(t.units, t.units.c.id == t.officers.c.unit)


class SqlAccounts:
    """The Accounts port."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def all(self, now: datetime) -> list[Account]:
        """Every account, by user name, with how many sessions last."""
        s = t.officer_sessions.c
        lasting = (
            select(s.officer_id, func.count().label("n")).where(s.expires_at > to_text(now)).group_by(s.officer_id)
        )
        counts = {row.officer_id: int(row.n) for row in self._connection.execute(lasting)}
        rows = self._connection.execute(_ACCOUNTS.order_by(t.officers.c.username))
        return [_account(row, counts.get(row.id, 0)) for row in rows]

    def by_id(self, officer_id: str) -> Account | None:
        """One account."""
        row = self._connection.execute(_ACCOUNTS.where(t.officers.c.id == officer_id)).one_or_none()
        return None if row is None else _account(row)

    def active(self, role: Role) -> Sequence[str]:
        """The ids of the accounts of a role that can sign in."""
        o = t.officers.c
        wanted = select(o.id).where(and_(o.role == role.value, o.is_active))
        return self._connection.execute(wanted).scalars().all()

    def set_password(self, officer_id: str, password_hash: str, *, must_change: bool) -> None:
        """Replace the password."""
        self._update(officer_id, password_hash=password_hash, must_change=must_change)

    def set_active(self, officer_id: str, is_active: bool) -> None:
        """Disable an account, or let it sign in again."""
        self._update(officer_id, is_active=is_active)

    def totp(self, officer_id: str) -> Totp | None:
        """The authenticator app of an account."""
        row = self._connection.execute(
            select(officer_apps).where(officer_apps.c.officer_id == officer_id)
        ).one_or_none()
        if row is None:
            return None
        return Totp(self._cipher.open(("officer_apps", "sealed", officer_id), row.sealed)["secret"], row.last_step)

    def set_totp(self, officer_id: str, secret: str | None) -> None:
        """A new secret, not yet in use; None removes it."""
        self._connection.execute(delete(officer_apps).where(officer_apps.c.officer_id == officer_id))
        if secret:
            sealed = self._cipher.seal(("officer_apps", "sealed", officer_id), {"secret": secret})
            self._connection.execute(insert(officer_apps).values(officer_id=officer_id, sealed=sealed, last_step=0))

    def use_totp_step(self, officer_id: str, step: int) -> None:
        """A code of this step was used: neither it nor an earlier one is right again."""
        here = officer_apps.c.officer_id == officer_id
        self._connection.execute(update(officer_apps).where(here).values(last_step=step))

    def take_office(self, officer_id: str, role: Role, unit: str | None, at: datetime) -> None:
        """The officer holds this office from now on; the one held before has ended."""
        held = and_(officer_roles.c.officer_id == officer_id, officer_roles.c.until.is_(None))
        self._connection.execute(update(officer_roles).where(held).values(until=to_text(at)))
        self._connection.execute(
            insert(officer_roles).values(
                id=new_id(), officer_id=officer_id, role=role.value, unit=unit, since=to_text(at)
            )
        )
        self._update(officer_id, role=role.value, unit=unit)

    def follow_unit(self, from_id: str, to_id: str, day: date) -> None:
        """Officers of a unit that has ended hold their office at its successor from this day on."""
        o = t.officers.c
        rows = self._connection.execute(select(o.id, o.role).where(o.unit == from_id)).all()
        for row in rows:
            self.take_office(row.id, Role(row.role), to_id, datetime.combine(day, time(), SHANGHAI))

    def offices(self, officer_id: str) -> list[RoleHeld]:
        """The offices held, the first one first."""
        rows = self._connection.execute(select(officer_roles).where(officer_roles.c.officer_id == officer_id)).all()
        return [
            RoleHeld(Role(row.role), row.unit, _moment(row.since), _moment(row.until))
            for row in sorted(rows, key=lambda row: (row.since or "", row.until or "9"))
        ]

    def sessions(self, officer_id: str, now: datetime, this_mark: str = "") -> list[DeskSession]:
        """The sessions that last, the latest first; `this_mark` is that of the one who asks."""
        s = t.officer_sessions.c
        wanted = and_(s.officer_id == officer_id, s.expires_at > to_text(now))
        rows = self._connection.execute(select(t.officer_sessions).where(wanted).order_by(s.opened_at.desc()))
        this = {str(one) for one in getattr(this_mark, "spellings", (this_mark,))}
        return [
            DeskSession(
                _session_id(row.token_mark),
                from_text(row.opened_at),
                _moment(row.seen_at),
                from_text(row.expires_at),
                row.token_mark in this,
            )
            for row in rows
        ]

    def end_sessions(self, officer_id: str, *, but_mark: str = "") -> None:
        """End them all at once, but for one."""
        s = t.officer_sessions.c
        ended = s.officer_id == officer_id
        if but_mark:
            ended = and_(ended, ~spelled(s.token_mark, but_mark))
        self._connection.execute(delete(t.officer_sessions).where(ended))

    def end_session(self, officer_id: str, session_id: str) -> bool:
        """End one; False when there is no such session."""
        s = t.officer_sessions.c
        marks = self._connection.execute(select(s.token_mark).where(s.officer_id == officer_id)).scalars().all()
        ended = [mark for mark in marks if _session_id(mark) == session_id]
        if ended:
            self._connection.execute(delete(t.officer_sessions).where(s.token_mark.in_(ended)))
        return bool(ended)

    def note_reading(self, officer_id: str, case_id: str, action: str, reason_id: str | None, at: datetime) -> None:
        """Record that an officer reads a case."""
        self._connection.execute(
            insert(officer_log).values(
                id=new_id(), officer_id=officer_id, case_id=case_id, at=to_text(at), action=action,
                reason_id=reason_id,
            )
        )  # fmt: skip

    def give_reason(self, officer_id: str, case_id: str, reason: str, at: datetime) -> None:
        """Why this officer reads a case from now on."""
        made = new_id()
        sealed = self._cipher.seal(("reading_reasons", "sealed", made), {"reason": reason})
        self._connection.execute(
            insert(reading_reasons).values(
                id=made, officer_id=officer_id, case_id=case_id, at=to_text(at), sealed=sealed
            )
        )

    def reason_given(self, officer_id: str, case_id: str, since: datetime) -> str | None:
        """The id of the latest reason that the officer has given for this case since then."""
        r = reading_reasons.c
        wanted = and_(r.case_id == case_id, r.officer_id == officer_id, r.at > to_text(since))
        found = self._connection.execute(select(r.id).where(wanted).order_by(r.at.desc()).limit(1)).scalar()
        return None if found is None else str(found)

    def readings(self, case_id: str, limit: int) -> list[Reading]:
        """Who read a case, the latest first."""
        log, o, r = officer_log.c, t.officers.c, reading_reasons.c
        wanted = (
            select(log.at, log.action, r.id.label("reason_id"), r.sealed, o.display_name, o.username, o.role)
            .join(t.officers, o.id == log.officer_id)
            .outerjoin(reading_reasons, r.id == log.reason_id)
            .where(log.case_id == case_id)
            .order_by(log.at.desc(), log.id)
            .limit(limit)
        )
        return [
            Reading(from_text(row.at), row.display_name, row.username, Role(row.role), row.action, self._reason(row))
            for row in self._connection.execute(wanted)
        ]

    def _reason(self, row: Any) -> str:
        if row.sealed is None:
            return ""
        return str(self._cipher.open(("reading_reasons", "sealed", row.reason_id), row.sealed)["reason"])

    def _update(self, officer_id: str, **values: Any) -> None:
        self._connection.execute(update(t.officers).where(t.officers.c.id == officer_id).values(**values))


def _account(row: Any, sessions: int = 0) -> Account:
    office = (Role(row.role), row.unit)
    known = (row.id, row.username, row.display_name)
    return Account(*known, *office, row.is_active, row.must_change, row.unit_name, sessions)


def _moment(stored: str | None) -> datetime | None:
    return from_text(stored) if stored else None


def _session_id(token_mark: str) -> str:
    return sha256(token_mark.encode()).hexdigest()[:16]
