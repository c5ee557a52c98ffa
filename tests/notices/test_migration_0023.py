"""Migration 0023, with data: a store of before holds notices afterwards, and tells nothing of what happened before."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from kiosk_api.persistence.migrate import migrate
from tests.factories import START, fresh_app, register


def test_a_store_of_before_holds_notices_afterwards(tmp_path: Path) -> None:
    ctx = fresh_app(tmp_path).extensions["kiosk"]
    app = fresh_app(tmp_path)
    register(app)
    config = Config()
    config.set_main_option("script_location", "kiosk_api:persistence/migrations")
    ours = ScriptDirectory.from_config(config).get_revision("0023")
    with create_engine(ctx.store._engine.url).connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, str(ours.down_revision))
        assert not {"petitioner_notices", "notice_attempts", "notice_choices"} & set(
            inspect(connection).get_table_names()
        )
    migrate(ctx.store._engine)
    with ctx.store.read() as records:
        [before] = records.cases.ids("", 10)
        assert records.petitioner_notices.of_case(before, 10) == []
        assert not records.petitioner_notices.is_waiting(START)
    register(app, key="after-the-migration")
    with ctx.store.read() as records:
        found = {one: len(records.petitioner_notices.of_case(one, 10)) for one in records.cases.ids("", 10)}
        assert found.pop(before) == 0
        assert list(found.values()) == [1]
