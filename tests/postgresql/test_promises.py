"""A server that could lose what was committed is refused, and sessions have their limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from kiosk_api.domain.errors import StartRefused
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.postgresql import unmet
from kiosk_api.services.base.ports import StoreBusy
from tests.factories import fresh_app
from tests.postgres_server import server

SAFE = (180000, "on", "on", "on", "UTF8", "C")


def test_each_missing_promise_is_named() -> None:
    assert unmet(*SAFE) == []
    for position, value, said in (
        (0, 140012, "PostgreSQL 15"),
        (1, "off", "fsync"),
        (2, "off", "full_page_writes"),
        (3, "off", "synchronous_commit"),
        (4, "LATIN1", "UTF8"),
        (5, "zh_CN.UTF-8", "LOCALE 'C'"),
        (5, None, "LOCALE 'C'"),
    ):
        (problem,) = unmet(*SAFE[:position], value, *SAFE[position + 1 :])  # type: ignore[arg-type]
        assert said in problem
    for kept in ("local", "remote_write", "remote_apply"):
        assert unmet(*SAFE[:3], kept, *SAFE[4:]) == []


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_nothing_starts_on_a_database_that_answers_before_it_has_stored(url: str, setting: str, tmp_path: Path) -> None:
    name = make_url(url).database
    server().run(f'ALTER DATABASE "{name}" SET {setting} = off')
    with pytest.raises(StartRefused, match=setting):
        fresh_app(tmp_path, KIOSK_DATABASE_URL=url)


def test_a_server_made_unsafe_later_takes_nothing_more(url: str, tmp_path: Path) -> None:
    name = make_url(url).database
    app = fresh_app(tmp_path, KIOSK_DATABASE_URL=url)
    store = app.extensions["kiosk"].store
    server().run(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    store.close()
    with pytest.raises(StoreBusy, match="synchronous_commit"), store.write():
        raise AssertionError("a transaction began")
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["parts"]["store"]) == (503, "off")
    server().run(f'ALTER DATABASE "{name}" RESET synchronous_commit')
    assert app.test_client().get("/readyz").get_json()["parts"]["store"] == "ok"


@pytest.mark.parametrize("locale", ["LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'", "LOCALE 'C.UTF-8'"])
def test_every_locale_with_the_order_of_code_points_will_do(locale: str) -> None:
    server().run(f"CREATE DATABASE in_order TEMPLATE template0 ENCODING 'UTF8' {locale}")
    try:
        engine = make_engine(server().url("in_order"))
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT x FROM (VALUES ('b'), ('B'), ('一'), ('-')) AS t(x) ORDER BY x"))
            assert rows.scalars().all() == ["-", "B", "b", "一"]
        engine.dispose()
    finally:
        server().drop("in_order")


def test_a_session_has_its_limits_and_is_in_utc(url: str) -> None:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"SHOW {name}")).scalar()
            for name in (
                "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "TimeZone",
                "client_encoding", "transaction_isolation", "application_name",
            )
        }  # fmt: skip
    engine.dispose()
    assert found == {
        "statement_timeout": "1min", "lock_timeout": "4s", "idle_in_transaction_session_timeout": "30s",
        "TimeZone": "UTC", "client_encoding": "UTF8", "transaction_isolation": "read committed",
        "application_name": "petition",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_usual_spellings_of_an_address_work(url: str, scheme: str) -> None:
    engine = make_engine(url.replace("postgresql+psycopg", scheme))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()
