"""Shared by all tests: one stack, one browser per worker, closed stores, and a guard on sockets."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import Engine

from kiosk_api.config import Settings
from tests import caches, stores
from tests.browsers import BROWSER_ARGS, chromium_path
from tests.own_services import Guard
from tests.scheduling import Scheduling, group_of, turn_of
from tests.stack import Stack, start_stack, stop_stack

_read = Settings.from_env
expect.set_options(timeout=60_000)  # a busy machine may be slow
Guard().install()
caches.compile_rules_once()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the trained assistant come when it is there."""
    items.sort(key=lambda item: turn_of(item.nodeid))


def pytest_collection_finish() -> None:
    """Freeze modules so the collector skips them, and collect applications, which are large reference
    cycles, rarely. This saves a twelfth of the time of tests without a browser."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep tests of the stack on one worker: a second stack would start and train everything twice."""
    if {"stack", "own_stack"} & set(getattr(item, "fixturenames", ())):
        assert group_of(item.nodeid) == "stack", f"{item.nodeid}: name its place in tests/scheduling.py"


@pytest.fixture(autouse=True)
def stores_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Dispose the engines of a test, so that its files do not stay open; its databases are removed."""
    opened: list[Engine] = []

    def make_engine(url: str) -> Engine:
        opened.append(caches.make_engine(url))
        return opened[-1]

    monkeypatch.setattr("kiosk_api.app.make_engine", make_engine)
    before = stores.known()
    if stores.ON_POSTGRESQL:
        monkeypatch.setattr(
            Settings, "from_env", lambda env=None: _read(stores.told_where(os.environ if env is None else env))
        )
    yield
    for engine in opened:
        engine.dispose()
    stores.forget(stores.known() - before)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = start_stack(tmp_path_factory.mktemp("stack"))
    yield running
    stop_stack(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=BROWSER_ARGS)
        yield running
        running.close()
