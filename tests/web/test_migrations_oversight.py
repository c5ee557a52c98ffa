"""Migration 0019, with data: supervisions and advice of before get their rows; each waits in one indexed query."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine, inspect

from kiosk_api.persistence.migrate import migrate
from kiosk_api.services.cases.background import sweep
from tests.desk import staff
from tests.factories import UNIT, fresh_app, register

OPEN = {
    "supervisions": "SELECT case_id FROM supervisions WHERE unit_id = 'u' AND closed_at IS NULL ORDER BY due_on",
    "advice": "SELECT case_id FROM advice WHERE unit_id = 'u' AND answered_at IS NULL ORDER BY due_on",
}


def test_supervisions_and_advice_of_before_get_their_rows(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True)
    ctx = app.extensions["kiosk"]
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    staff(app, "office", number, "supervise", cause="delay", advice="请抓紧")
    staff(app, "office", number, "advise", addressee=UNIT, advice_kind="improve", advice="请改进")
    with ctx.store.read() as records:
        (case_id,) = records.cases.ids("", 9)
        before = records.oversight.of_case(case_id)
    assert [one.unit for one in (*before.supervisions, *before.advice)] == [UNIT, UNIT]
    config = Config()
    config.set_main_option("script_location", "kiosk_api:persistence/migrations")
    down = ScriptDirectory.from_config(config).get_revision("0019").down_revision
    with create_engine(ctx.store._engine.url).connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, str(down))
        assert not {"contacts", "supervisions", "advice"} & set(inspect(connection).get_table_names())
    migrate(ctx.store._engine)
    while sweep(ctx):
        pass
    with ctx.store.read() as records:
        assert records.oversight.of_case(case_id) == before


@pytest.mark.parametrize("table", OPEN)
def test_what_waits_for_a_unit_is_read_off_an_index(app: Flask, table: str) -> None:
    with app.extensions["kiosk"].store.read() as records:
        rows = records._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {OPEN[table]}").all()
    steps = [str(row[-1]) for row in rows]
    assert len(steps) == 1, steps
    assert f"INDEX ix_{table}_unit_id (unit_id=? AND" in steps[0]
