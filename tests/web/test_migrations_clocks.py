"""A store that is out there gets its clocks: the migration keeps what was noted, and the worker computes the rest."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from alembic import command
from flask import Flask
from sqlalchemy import create_engine

from kiosk_api.domain.workflow import Role
from kiosk_api.persistence.migrate import _config, migrate
from kiosk_api.sample.district import FILE as SAMPLE
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.background import sweep
from kiosk_api.services.organisation.units import load_units
from kiosk_api.services.staff.staff_cases import Wanted, list_cases
from tests.desk import staff
from tests.factories import UNIT, fresh_app, register
from tests.random_lives import run, stored

BEFORE, HERE = "0011", "0013"


def to(app: Flask, revision: str) -> None:
    """Bring the store to an earlier or later revision."""
    config = _config()
    # without the guard of foreign keys: going back may make a table anew that others point to
    with create_engine(app.extensions["kiosk"].store._engine.url).connect() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if revision == BEFORE else command.upgrade)(config, revision)
        connection.commit()


def rows(app: Flask, query: str) -> list[Any]:
    with app.extensions["kiosk"].store._engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_an_earlier_store_is_listed_at_once_and_its_clocks_follow(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True)
    ctx = app.extensions["kiosk"]
    numbers = [register(app, f"an-old-case-{n}")["case_number"] for n in range(3)]
    staff(app, "office", numbers[1], "forward", unit=UNIT)
    run(ctx, f"UPDATE cases SET urged = 2 WHERE case_number = '{numbers[2]}'")
    ctx.clock.advance(timedelta(days=16))
    sweep(ctx)
    run(ctx, f"UPDATE cases SET urge_waits = 1 WHERE case_number = '{numbers[2]}'")
    after = stored(ctx)
    noted = rows(app, "SELECT case_id, clock, stage, at FROM clock_warnings ORDER BY 1, 2, 3")
    assert noted
    to(app, BEFORE)
    assert rows(app, "SELECT case_id, clock, stage, at FROM clock_warnings ORDER BY 1, 2, 3") == noted
    to(app, HERE)
    assert rows(app, "SELECT case_id, clock, stage, at FROM clock_warnings ORDER BY 1, 2, 3") == noted
    assert rows(app, "SELECT DISTINCT recheck_on FROM cases") == [("1970-01-01",)]
    migrate(ctx.store._engine)
    load_units(ctx, SAMPLE.read_bytes())  # going back left names in place of ids
    office = Officer("one", "one", "某某", Role.PETITION_OFFICE, None)
    assert {one.case_number for one in list_cases(ctx, office, Wanted("overdue")).items} == set(numbers)
    assert [one.case_number for one in list_cases(ctx, office, Wanted("urged")).items] == [numbers[2]]
    sweep(ctx)
    assert stored(ctx) == after
    assert rows(app, "SELECT case_id, clock, stage, at FROM clock_warnings ORDER BY 1, 2, 3") == noted
