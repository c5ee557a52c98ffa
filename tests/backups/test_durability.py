"""Every connection of a store keeps what it commits, or there is no connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk_api.domain.errors import StartRefused
from kiosk_api.persistence import durability
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.durability import NotDurable, make_durable
from kiosk_api.services.base.ports import StoreBusy


def test_each_connection_of_the_pool_is_set_and_checked(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    assert durability.WANTED.items() >= {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}.items()
    held = [engine.connect() for _ in range(4)]
    for connection in held:
        found = {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in durability.WANTED}
        assert found == durability.WANTED
    assert len({id(connection.connection.driver_connection) for connection in held}) == 4
    for connection in held:
        connection.close()
    engine.dispose()


class Stubborn:
    """A connection on which one pragma does not hold."""

    def __init__(self, path: Path, pragma: str) -> None:
        self._real, self._pragma = sqlite3.connect(path, isolation_level=None), pragma

    def cursor(self) -> Any:
        cursor = self._real.cursor()

        def execute(statement: str) -> Any:
            return cursor if statement.startswith(f"PRAGMA {self._pragma}=") else cursor.execute(statement)

        return SimpleNamespace(execute=execute, close=cursor.close)

    def close(self) -> None:
        self._real.close()


@pytest.fixture(params=[("journal_mode", "delete"), ("foreign_keys", "0"), ("synchronous", "1")])
def stubborn(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Stubborn, str]]:
    name, value = request.param
    made = Stubborn(tmp_path / "store.db", name)
    made._real.execute(f"PRAGMA {name}={value}")
    yield made, f"{name}={value}"
    made.close()


def test_a_pragma_that_does_not_hold_is_a_refusal_that_says_which(stubborn: tuple[Stubborn, str]) -> None:
    connection, found = stubborn
    with pytest.raises(NotDurable, match=found) as refused:
        make_durable(connection)
    assert isinstance(refused.value, StartRefused) and isinstance(refused.value, StoreBusy)
