"""Migration 0021, with data: what is told before it, and after it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from kiosk_api.domain.notices import FROM_ACCUSED
from kiosk_api.persistence.migrate import migrate
from kiosk_api.services.staff.accounts import add_officer
from kiosk_api.services.staff.notices import unseen_notices
from kiosk_api.services.staff.staff_cases import view_case
from tests.factories import PASSWORD, START, fresh_app, register


def test_a_store_of_before_holds_notices_afterwards(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, officers=True)
    ctx = app.extensions["kiosk"]
    number = str(register(app)["case_number"])
    config = Config()
    config.set_main_option("script_location", "kiosk_api:persistence/migrations")
    script = ScriptDirectory.from_config(config)
    ours = script.get_revision("0021")
    with create_engine(ctx.store._engine.url).connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, str(ours.down_revision))
        assert "unit_notices" not in inspect(connection).get_table_names()
    migrate(ctx.store._engine)
    inspector = add_officer(ctx, "inspector", "responsible_unit", "某乙", "u-0015", PASSWORD)
    assert unseen_notices(ctx, inspector) == []
    with ctx.store.write() as records:
        case = records.cases.by_number(number)
        records.notices.tell("first", "u-0015", case.id, FROM_ACCUSED, START)
    assert [one.notice.case_number for one in unseen_notices(ctx, inspector)] == [number]
    assert view_case(ctx, inspector, number).case_number == number
