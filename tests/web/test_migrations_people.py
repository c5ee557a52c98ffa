"""Migration 0018, with data: cases that no person has stay on everybody's list."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from kiosk_api.persistence.migrate import migrate
from kiosk_api.services.staff.entrust import entrust
from kiosk_api.services.staff.sign_in import sign_in
from kiosk_api.services.staff.staff_cases import Wanted, list_cases
from tests.desk import staff
from tests.factories import PASSWORD, UNIT, fresh_app, register


def test_cases_of_before_are_on_the_list_of_everybody_in_their_unit(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True)
    ctx = app.extensions["kiosk"]
    number = str(register(app)["case_number"])
    staff(app, "office", number, "forward", unit=UNIT)
    config = Config()
    config.set_main_option("script_location", "kiosk_api:persistence/migrations")
    before = ScriptDirectory.from_config(config).get_revision("0018").down_revision
    with create_engine(ctx.store._engine.url).connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, str(before))
        assert not {"assignments", "absences"} & set(inspect(connection).get_table_names())
    migrate(ctx.store._engine)
    _, officer = sign_in(ctx, "unit", PASSWORD, "test")
    assert [one.case_number for one in list_cases(ctx, officer, Wanted()).items] == [number]
    assert entrust(ctx, officer, number, "").in_charge.username == "unit"
