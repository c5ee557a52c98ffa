"""At a million cases a list is quick only if no query sorts or looks at them all: the plan of each query is asserted.

`python -m tests.bench.scale` measures the same with a million rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from kiosk_api.domain.workflow import Role
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import CaseFilter, Officer
from kiosk_api.services.cases.background import sweep
from kiosk_api.services.staff import staff_cases
from kiosk_api.services.staff.sight import sight_of
from tests.factories import UNIT, register

OFFICERS = [(role, unit) for role in Role for unit in (None, UNIT)]
OF_THE_LIST = "USING INDEX ix_cases_listed", "USING COVERING INDEX ix_cases_listed"
Query = tuple[str, Any]


@contextmanager
def queries(ctx: Context) -> Iterator[list[Query]]:
    """What is asked of the store meanwhile."""
    seen: list[Query] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        seen.append((statement, parameters))

    event.listen(ctx.store._engine, "before_cursor_execute", note)
    yield seen
    event.remove(ctx.store._engine, "before_cursor_execute", note)


def plan(ctx: Context, query: Query) -> list[str]:
    with ctx.store._engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query[0]}", query[1]).all()
    return [str(row[-1]) for row in rows]


def of_cases(seen: list[Query]) -> list[Query]:
    return [one for one in seen if "FROM cases" in one[0]]


def steps(ctx: Context, seen: list[Query]) -> list[str]:
    """The steps of their plans that read cases."""
    found = [step for query in seen for step in plan(ctx, query)]
    assert not [step for step in found if "TEMP B-TREE" in step]
    return [step for step in found if " cases" in step]


@pytest.mark.parametrize(("role", "unit"), OFFICERS)
def test_no_list_is_sorted_and_none_looks_at_every_case(app: Flask, role: Role, unit: str | None) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    officer = Officer("one", "one", "某某", role, unit)
    for view, (kind, status) in product(staff_cases.VIEWS, (("", ""), ("appeal", ""), ("", "accepted"))):
        wanted = staff_cases.Wanted(view, "", kind, status)
        with queries(ctx) as seen:
            staff_cases.list_cases(ctx, officer, wanted, page=3)
        for step in steps(ctx, of_cases(seen)):
            by_id = step.startswith("SEARCH cases USING INDEX sqlite_autoindex_cases_1 (id=?)")
            # counting all ends at a thousand, whatever index it reads
            counts_all = step.startswith("SCAN cases USING COVERING INDEX") and role in ALL_SEEN
            assert by_id or counts_all or any(one in step for one in OF_THE_LIST), (view, step)


ALL_SEEN = (Role.PETITION_OFFICE, Role.SUPERVISOR)


def test_the_three_lists_of_every_day_search_and_never_scan(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    for (role, unit), view in product(OFFICERS, ("mine", "due", "overdue")):
        with ctx.store.read() as records, queries(ctx) as seen:
            sight = sight_of(records, officer := Officer("one", "one", "某某", role, unit))
            wanted = staff_cases._filter(ctx, officer, sight, staff_cases.Wanted(view))
            records.cases.page(wanted, 21, 40)
            records.cases.count(wanted, staff_cases.COUNTED_MOST)
        assert all(step.startswith("SEARCH cases USING") for step in steps(ctx, of_cases(seen))), (role, view)


def test_a_petitioner_is_found_by_their_mark(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    with ctx.store.read() as records, queries(ctx) as seen:
        records.cases.page(CaseFilter(phone=ctx.marks.mark("petitioner.phone", "13900000000")), 21, 0)
    assert any("ix_cases_phone_mark" in step for query in of_cases(seen) for step in plan(ctx, query))


def test_the_sweep_searches_what_has_become_due(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    register(app)
    with queries(ctx) as seen:
        sweep(ctx)
    with ctx.store.write() as records, queries(ctx) as more:
        records.clocks.sweep(date(2026, 4, 1), date(2026, 4, 4), ctx.clock.now(), 100)
    found = [step for query in seen + more if "case_clocks" in query[0] or "recheck_on" in query[0]
             for step in plan(ctx, query)]  # fmt: skip
    assert found
    assert {step for step in found if step.startswith("SCAN") or "TEMP B-TREE" in step} <= {"SCAN quarantine"}
    assert any("ix_case_clocks_sweep (state=? AND stage=? AND due_on<?)" in step for step in found)
    assert any("ix_cases_recheck_on (recheck_on<?)" in step for step in found)
