"""Documents in a store that is out there, and numbers on the other database."""

from __future__ import annotations

import threading
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from kiosk_api.domain.documents import DocumentKind
from kiosk_api.persistence.database import SqlStore, make_engine
from kiosk_api.persistence.migrate import _config, migrate
from tests.factories import fresh_app
from tests.postgres_server import server


def test_a_store_with_cases_gets_the_tables_and_keeps_its_cases(tmp_path: Path) -> None:
    """Migration 0011, up and down."""
    engine, config = make_engine(f"sqlite:///{tmp_path / 'store.db'}"), _config()
    before = str(ScriptDirectory.from_config(config).get_revision("0011").down_revision)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, before)
        columns = {row[1]: row for row in connection.execute(text("PRAGMA table_info(cases)"))}
        needed = [name for name, row in columns.items() if row[3] and row[4] is None]
        names, values = ", ".join(f'"{one}"' for one in needed), ", ".join("'1'" for _ in needed)
        connection.execute(text(f"INSERT INTO cases ({names}) VALUES ({values})"))
        connection.commit()
        command.upgrade(config, "0011")
        connection.execute(
            text(
                "INSERT INTO documents (id, case_id, kind, event, version, made_by, made_at, sealed)"
                " VALUES ('d', '1', 'opinion', 3, 1, 'o', '', 'x')"
            )
        )
        connection.commit()
        assert connection.execute(text("SELECT count(*) FROM cases JOIN documents ON case_id = cases.id")).scalar() == 1
        command.downgrade(config, before)
        assert "documents" not in inspect(connection).get_table_names()
        assert connection.execute(text("SELECT count(*) FROM cases")).scalar() == 1
    engine.dispose()


def test_processes_on_postgresql_get_every_number_once_and_give_back_what_failed(tmp_path: Path) -> None:
    name = server().make()
    url = server().url(name)
    first = make_engine(url)
    migrate(first)
    cipher = fresh_app(tmp_path).extensions["kiosk"].store._cipher
    stores = [SqlStore(make_engine(url), cipher) for _ in range(4)]  # as in processes of their own
    taken: list[int] = []

    def take(store: SqlStore) -> None:
        for turn in range(6):
            try:
                with store.write() as records:
                    number = records.documents.take_number(DocumentKind.OPINION, 2026)
                    if turn % 3 == 2:
                        raise LookupError
                    taken.append(number)
            except LookupError:
                continue

    threads = [threading.Thread(target=take, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 17))
    for store in stores:
        store.close()
    first.dispose()
    server().drop(name)
