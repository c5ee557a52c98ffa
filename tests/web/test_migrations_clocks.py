"""A store that is out there gets its clocks: the migration keeps what was noted, and the worker computes the rest."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from alembic import command
from flask import Flask

from kiosk_api.domain.workflow import Role
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import _config, migrate
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.background import sweep
from kiosk_api.services.staff.staff_cases import Wanted, list_cases
from tests.factories import fresh_app, register
from tests.random_lives import run, stored

BEFORE, HERE = "0011", "0013"
NOTED = "SELECT case_id, clock, stage, at FROM clock_warnings ORDER BY 1, 2, 3"


def upgrade(url: str, revision: str) -> None:
    """Bring a store to this revision."""
    config, engine = _config(), make_engine(url)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()
    engine.dispose()


def as_it_was(folder: Path) -> str:
    """Replace the store in this folder by one of the earlier revision with the same rows; its address."""
    (folder / "kiosk.db").rename(folder / "now.db")
    url = f"sqlite:///{folder / 'kiosk.db'}"
    upgrade(url, BEFORE)
    with sqlite3.connect(folder / "kiosk.db") as earlier:
        earlier.execute("ATTACH ? AS now", (str(folder / "now.db"),))
        for table in ("cases", "events", "clock_warnings", "calendar_days", "calendar_years", "key_notes"):
            columns, now = ({row[1] for row in earlier.execute(f"PRAGMA {one}.table_info({table})")}
                            for one in ("main", "now"))  # fmt: skip
            both = ", ".join(f'"{name}"' for name in sorted(columns & now))
            earlier.execute(f"INSERT INTO main.{table} ({both}) SELECT {both} FROM now.{table}")  # noqa: S608
    return url


def rows(app: Flask, query: str) -> list[Any]:
    with app.extensions["kiosk"].store._engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_an_earlier_store_is_listed_at_once_and_its_clocks_follow(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    ctx = app.extensions["kiosk"]
    numbers = [register(app, f"an-old-case-{n}")["case_number"] for n in range(3)]
    run(ctx, f"UPDATE cases SET urged = 2, urge_waits = 1 WHERE case_number = '{numbers[2]}'")
    run(ctx, f"UPDATE cases SET urged = 2, status = 'closed' WHERE case_number = '{numbers[1]}'")
    ctx.clock.advance(timedelta(days=16))
    sweep(ctx)
    after, noted, now = stored(ctx), rows(app, NOTED), ctx.clock.now()
    assert len(noted) == 3
    ctx.store.close()

    url = as_it_was(tmp_path)
    upgrade(url, HERE)
    ctx = (app := fresh_app(tmp_path)).extensions["kiosk"]
    assert rows(app, NOTED) == noted
    assert rows(app, "SELECT DISTINCT recheck_on FROM cases") == [("1970-01-01",)]
    migrate(ctx.store._engine)
    ctx.clock.advance(now - ctx.clock.now())
    office = Officer("one", "one", "某某", Role.PETITION_OFFICE, None)
    assert {one.case_number for one in list_cases(ctx, office, Wanted("overdue")).items} == set(numbers)
    assert [one.case_number for one in list_cases(ctx, office, Wanted("urged")).items] == [numbers[2]]
    sweep(ctx)
    assert stored(ctx) == after
    assert rows(app, NOTED) == noted
