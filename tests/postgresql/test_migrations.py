"""Migrations on PostgreSQL: whole or not at all, one after the other, and a store in use goes through all of them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from kiosk_api.persistence import postgresql
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import _config, head, migrate
from kiosk_api.persistence.tables import metadata
from tests.factories import fresh_app, register


def test_an_empty_database_gets_exactly_the_tables_of_the_code(empty_url: str) -> None:
    engine = make_engine(empty_url)
    migrate(engine)
    migrate(engine)  # again changes nothing
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == head()
    engine.dispose()


def test_two_that_migrate_at_once_wait_for_each_other(empty_url: str) -> None:
    failed: list[Exception] = []

    def run() -> None:
        engine = make_engine(empty_url)
        try:
            migrate(engine)
        except Exception as error:
            failed.append(error)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    engine = make_engine(empty_url)
    monkeypatch.setattr("alembic.op.create_index", stopped)
    monkeypatch.setattr("alembic.operations.batch.BatchOperationsImpl.create_index", stopped)
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(engine)
    monkeypatch.undo()
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    migrate(engine)
    engine.dispose()


def test_cases_stay_through_the_last_ten_migrations_there_and_back(url: str, tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_DATABASE_URL=url)
    number, store = register(app)["case_number"], app.extensions["kiosk"].store
    with store.read() as records:
        before = records.cases.by_number(number)
    config = _config()
    with store._engine.connect() as connection:
        config.attributes["connection"] = connection
        postgresql.begin_migrating(connection)
        command.downgrade(config, "0013")
        command.upgrade(config, "head")
        connection.commit()
    with store.read() as records:
        after = records.cases.by_number(number)
    assert before is not None
    assert after is not None
    assert (after.petition, after.events) == (before.petition, before.events)
    store.close()
