"""Whether an officer may see a case of a given number, in a time that does not tell whether there is one.

A query that looks for "this number, if they may see it" ends at once where no such number is stored, and weighs the
conditions where there is one: a difference of some microseconds, which a patient stranger can measure. So the conditions
are weighed in full on a row that is always there, the case that stands at or after the number, and only then is its number
looked at.
"""

from __future__ import annotations

from sqlalchemy import Connection, Integer, cast, literal, select, union_all

from kiosk_api.persistence.case_lists import matching
from kiosk_api.persistence.tables import cases
from kiosk_api.services.base.records import CaseFilter


def is_seen(connection: Connection, case_number: str, within: CaseFilter) -> bool:
    """Whether a case of that number is stored and matches; the same work whether it is, does not, or is not."""
    number, row_id = cases.c.case_number, cases.c.id
    at_or_after = select(row_id, literal(0).label("choice")).where(number >= case_number).order_by(number).limit(1)
    last = select(row_id, literal(1).label("choice")).order_by(number.desc()).limit(1)  # for numbers past the last
    either = union_all(at_or_after.subquery().select(), last.subquery().select()).subquery()
    chosen = select(either.c.id).order_by(either.c.choice).limit(1).scalar_subquery()
    # a condition in WHERE would end the row at the first that fails
    weighed = [cast(one, Integer) for one in matching(within)]
    row = connection.execute(select(number, *weighed).where(row_id == chosen)).one_or_none()
    return row is not None and all(row[1:]) and row[0] == case_number
