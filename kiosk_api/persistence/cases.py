"""Cases and their events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from kiosk_api.domain.errors import CaseChanged, CaseUnreadable, Unreadable
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.workflow import Action, Event, Role, Status
from kiosk_api.persistence.codec import from_text, new_id, spelled, to_text
from kiosk_api.persistence.tables import cases, events, quarantine, units
from kiosk_api.services.base.ports import Cipher
from kiosk_api.services.base.records import CaseFilter, CaseMarks, CaseRecord, CaseRow, LookupMarks
from kiosk_api.services.base.route import CaseRoute

_LIST_COLUMNS = (
    cases.c.id, cases.c.case_number, cases.c.status, cases.c.kind, cases.c.domain,
    cases.c.window, cases.c.emergency, cases.c.confidential, cases.c.doubtful, cases.c.responsible_unit,
    cases.c.registered_at, cases.c.next_due_on, cases.c.urged,
)  # fmt: skip
# a case can be read without its messages and pictures: one of those in quarantine stops no deadline
_APART = select(quarantine.c.case_id).where(
    quarantine.c.case_id.is_not(None),
    or_(quarantine.c.place.like("cases.%"), quarantine.c.place.like("events.%")),
)


class SqlCases:
    """The Cases port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def add(self, case: CaseRecord, token_mark: str, marks: LookupMarks) -> None:
        """Insert a new case with its events."""
        seal = self._cipher.seal
        self._connection.execute(
            insert(cases).values(
                **_columns(case),
                id=case.id,
                case_number=case.case_number,
                token_mark=token_mark,
                tail_mark=marks.tail,
                phone_mark=marks.phone,
                id_mark=marks.id_number,
                registered_at=to_text(case.registered_at),
                petition=seal(("cases", "petition", case.id), case.petition.to_dict()),
                route=seal(("cases", "route", case.id), case.route.to_dict()),
                next_due_on=None,
                urged=0,
                version=case.version,
            )
        )
        self._append(case.id, 0, case.events)

    def by_token(self, token_mark: str) -> CaseRecord | None:
        """The case a receipt's QR opens."""
        return self._one(select(cases).where(spelled(cases.c.token_mark, token_mark)))

    def by_number(self, case_number: str) -> CaseRecord | None:
        """A case by its number, for staff."""
        return self._one(select(cases).where(cases.c.case_number == case_number))

    def by_id(self, case_id: str) -> CaseRecord | None:
        """A case by its id, for the worker."""
        return self._one(select(cases).where(cases.c.id == case_id))

    def registered_on(self, case_number: str) -> datetime | None:
        """When a number was registered, for checking a receipt."""
        found = self._connection.execute(
            select(cases.c.registered_at).where(cases.c.case_number == case_number)
        ).scalar()
        return from_text(found) if found else None

    def marks_by_number(self, case_number: str) -> CaseMarks | None:
        """The marks that a phone's tail or whole number must match; nothing is decrypted."""
        return self._marks(cases.c.case_number == case_number)

    def marks_by_token(self, token_mark: str) -> CaseMarks | None:
        """The same by a receipt's QR."""
        return self._marks(spelled(cases.c.token_mark, token_mark))

    def _marks(self, condition: Any) -> CaseMarks | None:
        row = self._connection.execute(
            select(cases.c.id, cases.c.case_number, cases.c.tail_mark, cases.c.phone_mark)
            .where(condition)
        ).one_or_none()  # fmt: skip
        return None if row is None else CaseMarks(*row)

    def replace_token(self, case_id: str, token_mark: str) -> None:
        """Replace the QR token of this case; the former one stops working."""
        self._connection.execute(update(cases).where(cases.c.id == case_id).values(token_mark=token_mark))

    def save(self, case: CaseRecord, new_events: Sequence[Event]) -> None:
        """Store the new state and append events; raises CaseChanged on a concurrent change."""
        urges = sum(event.action is Action.URGE for event in new_events)
        done = self._connection.execute(
            update(cases)
            .where(and_(cases.c.id == case.id, cases.c.version == case.version))
            .values(
                **_columns(case),
                route=self._cipher.seal(("cases", "route", case.id), case.route.to_dict()),
                urged=cases.c.urged + urges,
                version=case.version + 1,
            )
        )
        if done.rowcount != 1:
            raise CaseChanged
        case.version += 1
        self._append(case.id, len(case.events) - len(new_events), new_events)

    def set_next_due(self, case_id: str, due_on: date | None) -> None:
        """The nearest running deadline, kept for lists and the sweep."""
        self._connection.execute(update(cases).where(cases.c.id == case_id).values(next_due_on=due_on))

    def page(self, wanted: CaseFilter, limit: int, offset: int) -> list[CaseRow]:
        """Rows for a staff list, the nearest deadline first."""
        query = _filtered(select(*_LIST_COLUMNS), wanted).order_by(
            cases.c.emergency.desc(),
            cases.c.next_due_on.is_(None),
            cases.c.next_due_on,
            cases.c.registered_at.desc(),
        )
        rows = self._connection.execute(query.limit(limit).offset(offset)).all()
        apart = _APART.where(quarantine.c.case_id.in_([row.id for row in rows]))
        unreadable = set(self._connection.execute(apart).scalars())
        return [
            CaseRow(
                **{
                    **row._mapping,
                    "status": Status(row.status),
                    "registered_at": from_text(row.registered_at),
                    "unreadable": row.id in unreadable,
                }
            )
            for row in rows
        ]

    def count(self, wanted: CaseFilter) -> int:
        """How many rows `page` could return in all."""
        query = _filtered(select(func.count()).select_from(cases), wanted)
        return int(self._connection.execute(query).scalar_one())

    def open_ids(self, after: str, limit: int) -> list[str]:
        """Ids of cases that are not closed, in id order, for a fair sweep; unreadable cases are left out."""
        query = (
            select(cases.c.id)
            .where(and_(cases.c.id > after, cases.c.status.not_in(["closed", "withdrawn"])))
            .where(cases.c.id.not_in(_APART))
            .order_by(cases.c.id)
            .limit(limit)
        )
        return list(self._connection.execute(query).scalars())

    def with_action(self, action: Action, after: str, limit: int) -> list[str]:
        """Ids of cases with such an event in their history, in id order."""
        query = (
            select(events.c.case_id)
            .where(and_(events.c.action == action.value, events.c.case_id > after))
            .distinct()
            .order_by(events.c.case_id)
            .limit(limit)
        )
        return list(self._connection.execute(query).scalars())

    def _append(self, case_id: str, start: int, new: Sequence[Event]) -> None:
        rows = []
        for seq, event in enumerate(new, start):
            row_id = new_id()
            rows.append(
                {
                    "id": row_id,
                    "case_id": case_id,
                    "seq": seq,
                    "at": to_text(event.at),
                    "action": event.action.value,
                    "role": event.role.value,
                    "actor": event.actor,
                    "data": self._cipher.seal(("events", "data", row_id), dict(event.data)),
                }
            )
        if rows:
            self._connection.execute(insert(events), rows)

    def _one(self, query: Select[Any]) -> CaseRecord | None:
        row = self._connection.execute(query).one_or_none()
        return None if row is None else self._load(row)

    def _load(self, row: Row[Any]) -> CaseRecord:
        """Decrypt one case. Raises CaseUnreadable, which names the unreadable part."""
        try:
            return self._opened(row)
        except Unreadable as broken:
            raise CaseUnreadable(broken, row.id, row.status, row.responsible_unit, row.kind, row.doubtful) from None
        except (ValueError, KeyError, TypeError):
            useless = Unreadable("no_case", ("cases", "petition", row.id))
            raise CaseUnreadable(useless, row.id, row.status, row.responsible_unit, row.kind, row.doubtful) from None

    def _opened(self, row: Row[Any]) -> CaseRecord:
        history = self._connection.execute(
            select(events).where(events.c.case_id == row.id).order_by(events.c.seq)
        ).all()
        return CaseRecord(
            id=row.id,
            case_number=row.case_number,
            status=Status(row.status),
            kind=row.kind,
            domain=row.domain,
            hot_field=row.hot_field,
            window=row.window,
            route=CaseRoute.from_dict(self._cipher.open(("cases", "route", row.id), row.route)),
            emergency=row.emergency,
            confidential=row.confidential,
            responsible_unit=row.responsible_unit,
            registered_at=from_text(row.registered_at),
            petition=Petition.from_dict(self._cipher.open(("cases", "petition", row.id), row.petition)),
            events=[
                Event(
                    action=Action(one.action),
                    at=from_text(one.at),
                    role=Role(one.role),
                    data=self._cipher.open(("events", "data", one.id), one.data),
                    actor=one.actor,
                )
                for one in history
            ],
            version=row.version,
            doubtful=row.doubtful,
        )


def _columns(case: CaseRecord) -> dict[str, Any]:
    """The columns that an action may change."""
    return {
        "status": case.status.value,
        "kind": case.kind,
        "domain": case.domain,
        "hot_field": case.hot_field,
        "window": case.window,
        "responsible_unit": case.responsible_unit,
        "emergency": case.emergency,
        "confidential": case.confidential,
        "doubtful": case.doubtful,
    }


def _filtered(query: Select[Any], wanted: CaseFilter) -> Select[Any]:
    """The conditions of a filter, all of which must hold."""
    given = cases.c
    if wanted.units is not None:
        query = query.where(given.responsible_unit.in_(sorted(wanted.units)))
    if wanted.statuses is not None:
        query = query.where(given.status.in_(sorted(wanted.statuses)))
    if wanted.kinds is not None:
        query = query.where(given.kind.in_(sorted(wanted.kinds)))
    if not wanted.doubtful:
        query = query.where(given.doubtful.is_(False))
    if wanted.due_until is not None:
        query = query.where(given.next_due_on <= wanted.due_until)
    if wanted.due_before is not None:
        query = query.where(given.next_due_on < wanted.due_before)
    if wanted.urged:
        query = query.where(given.urged > 0, given.status.not_in(["closed", "withdrawn"]))
    for column, mark in ((given.phone_mark, wanted.phone), (given.id_mark, wanted.id_number)):
        if mark is not None:
            query = query.where(spelled(column, mark))
    if wanted.words:
        number = given.case_number.contains(wanted.words.upper(), autoescape=True)
        named = select(units.c.id).where(units.c.name.contains(wanted.words, autoescape=True))
        query = query.where(or_(number, given.responsible_unit.in_(named)))
    return query
