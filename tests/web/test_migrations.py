"""The migrations build the tables of the code."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kiosk_api.persistence.tables import metadata
from tests.factories import fresh_app


def test_a_migrated_store_has_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = fresh_app(tmp_path).extensions["kiosk"].store._engine
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
