"""Earlier cases, counts and lists by channel are read off an index, however many cases there are."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from kiosk_api.services.base.records import CaseFilter, LookupMarks
from tests.factories import START


@pytest.fixture
def plans(app: Flask) -> Any:
    """Calls a read of the store and gives SQLite's plan of each of its queries."""
    ctx = app.extensions["kiosk"]
    engine = ctx.store._engine

    def look(read: Any) -> list[str]:
        sent: list[tuple[str, Any]] = []
        note = lambda _c, _cursor, statement, parameters, *_: sent.append((statement, parameters))  # noqa: E731
        with ctx.store.read() as records:
            event.listen(engine, "before_cursor_execute", note)
            read(records.cases)
            event.remove(engine, "before_cursor_execute", note)
        with engine.connect() as connection:
            return [
                row[3]
                for statement, parameters in sent
                for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
            ]

    return look


@pytest.mark.parametrize(("phone", "card"), [(True, True), (True, False), (False, True)])
def test_earlier_cases_are_found_by_the_marks(app: Flask, plans: Any, phone: bool, card: bool) -> None:
    marks = app.extensions["kiosk"].marks
    given = LookupMarks(
        "", marks.mark("petitioner.phone", "1") if phone else "", marks.mark("petitioner.id", "1") if card else None
    )
    found = plans(lambda cases: cases.earlier_of("x", START, given, 10, CaseFilter()))
    assert not [step for step in found if "SCAN" in step]
    assert ("ix_cases_phone_mark" in str(found), "ix_cases_id_mark" in str(found)) == (phone, card)


def test_nothing_is_searched_without_a_mark(plans: Any) -> None:
    assert plans(lambda cases: cases.earlier_of("x", START, LookupMarks("", "", None), 10, CaseFilter())) == []


def test_counts_by_channel_are_read_off_an_index(plans: Any) -> None:
    found = plans(lambda cases: cases.by_channel(START.date(), START.date(), CaseFilter()))
    assert "COVERING INDEX ix_cases_channel_registered_at" in str(found)


def test_a_list_by_channel_is_read_in_its_order(plans: Any) -> None:
    found = plans(lambda cases: cases.page(CaseFilter(channel="fax"), 20, 0))
    assert "ix_cases_listed_channel" in found[0] and "TEMP B-TREE" not in found[0]
