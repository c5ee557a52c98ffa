"""What is only ever added to can be neither changed nor deleted, but by the one guarded way."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kiosk_api.persistence import guards
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import _config, migrate
from kiosk_api.persistence.tables import metadata
from kiosk_api.services.base.context import Context
from tests.audit.world import run, small_world
from tests.factories import fresh_app


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Context:
    made = small_world(tmp_path_factory.mktemp("guards"))
    run(
        made,
        "INSERT INTO audit_entries VALUES ('x', 1, '2026', 'staff', '', 'insert', 't', 'k', NULL, NULL, 'k', :hash)",
        hash=b"\0",
    )
    run(made, "INSERT INTO audit_heads VALUES ('x', 1, :hash, 0)", hash=b"\0")
    return made


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


@pytest.mark.parametrize("table", sorted(guards.KEPT))
def test_no_row_of_it_can_be_deleted(ctx: Context, table: str) -> None:
    before = run(ctx, f"SELECT count(*) FROM {table}")
    assert before > 0
    with pytest.raises(DBAPIError, match=f"kept as it is: {table}"):
        run(ctx, f"DELETE FROM {table}")
    assert run(ctx, f"SELECT count(*) FROM {table}") == before


@pytest.mark.parametrize("table", sorted(set(guards.KEPT_AS_IT_IS) - {"audit_heads"}))
def test_no_row_of_it_can_be_changed(ctx: Context, table: str) -> None:
    column = metadata.tables[table].columns.values()[-1].name
    with pytest.raises(DBAPIError, match=f"kept as it is: {table}"):
        run(ctx, f'UPDATE {table} SET "{column}" = "{column}"')


def test_the_guarded_way_is_open_only_inside_its_block(ctx: Context) -> None:
    with ctx.store.write() as records:
        connection = records._connection
        with guards.rewriting(connection, guards.REPAIR):
            assert connection.execute(text("UPDATE events SET role = role")).rowcount > 0
        with pytest.raises(DBAPIError), connection.begin_nested():  # PostgreSQL ends the whole transaction otherwise
            connection.execute(text("UPDATE events SET role = role"))
    assert run(ctx, "SELECT count(*) FROM audit_guard") == 0


def test_the_guarded_way_is_closed_after_a_failure(ctx: Context) -> None:
    with ctx.store.write() as records:
        with pytest.raises(RuntimeError), guards.rewriting(records._connection, guards.REPAIR):
            raise RuntimeError
        assert records._connection.execute(text("SELECT count(*) FROM audit_guard")).scalar() == 0


def test_the_guarded_way_wants_one_of_the_known_reasons(ctx: Context) -> None:
    unknown = pytest.raises(ValueError, match="no reason")
    with ctx.store.write() as records, unknown, guards.rewriting(records._connection, "because"):
        pass


def test_every_migration_to_the_newest_leaves_the_triggers(tmp_path: Path) -> None:
    """Also one that builds a table again, which drops its triggers."""
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    config = _config()
    script = ScriptDirectory.from_config(config)
    after = [one.revision for one in script.walk_revisions("0024", "heads")]
    for revision in ("0023", *reversed(after)):
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.commit()
        migrate(engine)
        with engine.connect() as connection:
            assert guards.missing(connection) == []
            guards.remove(connection)
            assert len(guards.missing(connection)) == len(guards.KEPT) + len(guards.KEPT_AS_IT_IS)
            config.attributes["connection"] = connection
            guards.install(connection)
            command.downgrade(config, "0023")
            connection.commit()
    engine.dispose()


def test_a_trigger_that_was_taken_down_is_put_up_by_the_next_migrate(app: Flask) -> None:
    engine = app.extensions["kiosk"].store._engine
    with engine.connect() as connection:
        on = " ON events" if engine.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER kept_events_delete{on}")
        connection.commit()
        assert guards.missing(connection) == ["kept_events_delete"]
    migrate(engine)
    with engine.connect() as connection:
        assert guards.missing(connection) == []
