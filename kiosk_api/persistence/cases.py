"""Cases and their events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, or_, select, update

from kiosk_api.domain.errors import CaseChanged, CaseErased, CaseUnreadable, Unreadable
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.projection import list_order
from kiosk_api.domain.registration import Channel
from kiosk_api.domain.workflow import Action, Event, Role, Status
from kiosk_api.persistence.case_lists import CaseLists, matching
from kiosk_api.persistence.case_sight import is_seen
from kiosk_api.persistence.clocks import APART
from kiosk_api.persistence.codec import from_text, new_id, spelled, to_text
from kiosk_api.persistence.tables import cases, events
from kiosk_api.services.base.ports import Cipher
from kiosk_api.services.base.records import CaseFilter, CaseMarks, CaseRecord, LookupMarks
from kiosk_api.services.base.route import CaseRoute


class SqlCases(CaseLists):
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
                list_order=list_order(case.id, case.emergency, None, case.registered_at),
                urged=0,
                version=case.version,
            )
        )
        self._append(case.id, 0, case.events)

    def by_token(self, token_mark: str) -> CaseRecord | None:
        """The case a receipt's QR opens."""
        return self._one(select(cases).where(spelled(cases.c.token_mark, token_mark)))

    def by_number(self, case_number: str, within: CaseFilter | None = None) -> CaseRecord | None:
        """A case by its number, if it matches `within`: one that does not costs what an unknown number costs."""
        if within is not None and not is_seen(self._connection, case_number, within):
            return None
        return self._one(select(cases).where(cases.c.case_number == case_number))

    def by_id(self, case_id: str) -> CaseRecord | None:
        """A case by its id, for the worker."""
        return self._one(select(cases).where(cases.c.id == case_id))

    def petitions(self, ids: Collection[str]) -> dict[str, Petition]:
        """What was stated in these cases, by id; one that does not open is left out, and says why when it is opened."""
        if not ids:
            return {}
        found = {}
        for row in self._connection.execute(select(cases.c.id, cases.c.petition).where(cases.c.id.in_(sorted(ids)))):
            with suppress(Unreadable, ValueError, KeyError, TypeError):
                found[row.id] = Petition.from_dict(self._cipher.open(("cases", "petition", row.id), row.petition))
        return found

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

    def earlier_of(
        self, case_id: str, until: datetime, marks: LookupMarks, limit: int, within: CaseFilter
    ) -> list[str]:
        """Ids of the latest cases with the same phone or ID number, registered until then, that match `within`; without
        `case_id`."""
        same = [spelled(column, mark) for column, mark in
                ((cases.c.phone_mark, marks.phone), (cases.c.id_mark, marks.id_number)) if mark]  # fmt: skip
        if not same:
            return []
        query = (
            select(cases.c.id)
            .where(or_(*same), cases.c.id != case_id, cases.c.registered_at <= to_text(until), *matching(within))
            .order_by(cases.c.registered_at.desc())
            .limit(limit)
        )
        return list(self._connection.execute(query).scalars())

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

    def restore(self, case: CaseRecord, urged: int) -> bool:
        """Store the columns that follow from the events, without an event; whether any was different."""
        wanted = {**_columns(case), "urged": urged}
        here = cases.c.id == case.id
        stored = self._connection.execute(select(*(cases.c[name] for name in wanted)).where(here)).one()
        if wanted == dict(stored._mapping):
            return False
        self._connection.execute(update(cases).where(here).values(**wanted))
        return True

    def mend_words(self) -> int:
        """Give cases whose stored state or channel is none of ours the first one, so that they can be read; how many."""
        mended = 0
        for column, known in ((cases.c.status, Status), (cases.c.channel, Channel)):
            words = [one.value for one in known]
            strange = update(cases).where(column.not_in(words)).values({column.name: words[0]})
            mended += self._connection.execute(strange).rowcount
        return mended

    def ids(self, after: str, limit: int) -> list[str]:
        """Ids of all cases, in id order."""
        query = select(cases.c.id).where(cases.c.id > after).order_by(cases.c.id).limit(limit)
        return list(self._connection.execute(query).scalars())

    def open_ids(self, after: str, limit: int) -> list[str]:
        """Ids of cases that are not closed, in id order, for a fair sweep; unreadable cases are left out."""
        query = (
            select(cases.c.id)
            .where(and_(cases.c.id > after, cases.c.status.not_in(["closed", "withdrawn"])))
            .where(cases.c.id.not_in(APART))
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
        """Decrypt one case. Raises CaseUnreadable, which names the unreadable part, or CaseErased."""
        try:
            return self._opened(row)
        except CaseErased:
            raise
        except Unreadable as broken:
            raise CaseUnreadable(broken, row.id, row.status, row.responsible_unit, row.kind, row.doubtful) from None
        except (ValueError, KeyError, TypeError):
            useless = Unreadable("no_case", ("cases", "petition", row.id))
            raise CaseUnreadable(useless, row.id, row.status, row.responsible_unit, row.kind, row.doubtful) from None

    def _opened(self, row: Row[Any]) -> CaseRecord:
        place = ("cases", "petition", row.id)
        stated = self._cipher.open(place, row.petition)
        if "erased" in stated:
            raise CaseErased(place, row.status, row.responsible_unit, row.kind, row.doubtful)
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
            petition=Petition.from_dict(stated),
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
            channel=Channel(row.channel),
            repeat_of=row.repeat_of,
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
        "channel": case.channel.value,
        "repeat_of": case.repeat_of,
    }
