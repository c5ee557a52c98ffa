"""A fresh, migrated database for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories import new_database
from tests.postgres_server import server


@pytest.fixture
def url() -> Iterator[str]:
    """The address of a database with tables, calendar, units and officers."""
    name = server().make(new_database(officers=True))
    yield server().url(name)
    server().drop(name)


@pytest.fixture
def empty_url() -> Iterator[str]:
    """The address of a database without anything."""
    name = server().make()
    yield server().url(name)
    server().drop(name)
