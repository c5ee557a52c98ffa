"""What a unit has to be told of a case, and who read the case before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from kiosk_api.domain.assignments import HANDLERS
from kiosk_api.domain.notices import Notice, ReadBy
from kiosk_api.domain.wall import Outsider
from kiosk_api.persistence.account_tables import officer_log, officer_roles
from kiosk_api.persistence.codec import from_text, to_text
from kiosk_api.persistence.tables import cases, officers, units
from kiosk_api.persistence.wall_tables import unit_notices
from kiosk_api.persistence.walls import outside


class SqlNotices:
    """The Notices port over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tell(self, notice_id: str, unit: str, case_id: str, kind: str, at: datetime) -> None:
        """Keep a notice for a unit; the same one again changes nothing."""
        n = unit_notices.c
        if self._connection.execute(select(n.id).where(n.id == notice_id)).first() is None:
            row = {"id": notice_id, "unit_id": unit, "case_id": case_id, "kind": kind, "at": to_text(at)}
            self._connection.execute(insert(unit_notices).values(row))

    def unseen(self, unit: str, who: Outsider) -> list[Notice]:
        """Not marked as seen, and of no case that this officer stands outside of; the latest first."""
        n = unit_notices.c
        wanted = (
            select(n.id, n.case_id, cases.c.case_number, n.kind, n.at)
            .join(cases, cases.c.id == n.case_id)
            .where(n.unit_id == unit, n.seen_at.is_(None), outside(who))
            .order_by(n.at.desc(), n.id)
        )
        return [Notice(*row[:-1], from_text(row.at)) for row in self._connection.execute(wanted)]

    def mark_seen(self, notice_id: str, unit: str, who: Outsider, at: datetime) -> None:
        """Mark a notice of this unit as seen; the first to do so is kept."""
        n = unit_notices.c
        theirs = n.case_id.in_(select(cases.c.id).where(outside(who)))
        self._connection.execute(
            update(unit_notices)
            .where(n.id == notice_id, n.unit_id == unit, n.seen_at.is_(None), theirs)
            .values(seen_at=to_text(at), seen_by=who.officer)
        )

    def read_by(self, notice: Notice, but_unit: str, limit: int) -> list[ReadBy]:
        """By the office that each reader held at that moment; an account without a record of it counts by what it holds."""
        log, held, o = officer_log.c, officer_roles.c, officers.c
        then = and_(
            held.officer_id == log.officer_id,
            or_(held.since.is_(None), held.since <= log.at),
            or_(held.until.is_(None), held.until > log.at),
        )
        unit, role = func.coalesce(held.unit, o.unit), func.coalesce(held.role, o.role)
        wanted = (
            select(units.c.name, o.display_name, log.at)
            .select_from(officer_log)
            .join(officers, o.id == log.officer_id)
            .join(officer_roles, then, isouter=True)
            .join(units, units.c.id == unit)
            .where(log.case_id == notice.case_id, log.at <= to_text(notice.at))
            .where(unit != but_unit, role.in_(sorted(HANDLERS)))
            .order_by(log.at.desc(), log.id)
            .limit(limit)
        )
        return [ReadBy(name, who, from_text(at)) for name, who, at in self._connection.execute(wanted)]
