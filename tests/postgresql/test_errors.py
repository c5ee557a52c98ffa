"""What goes wrong at the server becomes "busy" or "full", and nothing is left half done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from kiosk_api.persistence import postgresql
from kiosk_api.persistence.store_faults import told
from kiosk_api.services.base.ports import OutcomeUnknown, StoreBusy, StoreFull
from tests.factories import fresh_app, petition, register
from tests.postgres_server import server


@pytest.fixture
def app(url: str, tmp_path: Path) -> Iterator[Flask]:
    made = fresh_app(tmp_path, KIOSK_DATABASE_URL=url)
    yield made
    made.extensions["kiosk"].store.close()


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (psycopg.errors.DiskFull, StoreFull),
        (psycopg.errors.SerializationFailure, StoreBusy),
        (psycopg.errors.DeadlockDetected, StoreBusy),
        (psycopg.errors.LockNotAvailable, StoreBusy),
        (psycopg.errors.QueryCanceled, StoreBusy),
        (psycopg.errors.AdminShutdown, StoreBusy),
        (psycopg.errors.CrashShutdown, StoreBusy),
        (psycopg.errors.CannotConnectNow, StoreBusy),
        (psycopg.errors.TooManyConnections, StoreBusy),
        (psycopg.errors.ConnectionFailure, StoreBusy),
        (psycopg.errors.IdleInTransactionSessionTimeout, StoreBusy),
        (psycopg.errors.ReadOnlySqlTransaction, StoreBusy),
        (psycopg.errors.IoError, StoreBusy),
        (psycopg.OperationalError, StoreBusy),  # the connection broke: no state
        (psycopg.errors.UndefinedTable, ProgrammingError),
        (psycopg.errors.UniqueViolation, DBAPIError),
    ],
)
def test_each_error_has_its_meaning(error: type[psycopg.Error], meaning: type[Exception]) -> None:
    raised = DBAPIError.instance("INSERT", {}, error("值：钱多米"), psycopg.Error)
    with pytest.raises(meaning) as found, told():
        raise raised
    if isinstance(found.value, StoreBusy):
        assert "钱多米" not in str(found.value)
        assert (type(found.value) is StoreFull) is (meaning is StoreFull)


def test_an_error_that_somebody_swallowed_is_not_committed_as_nothing(app: Flask) -> None:
    ctx = app.extensions["kiosk"]

    def swallow() -> None:
        with ctx.store.write() as records:
            records.beat("whole", ctx.clock.now())
            with suppress(ProgrammingError):
                records._connection.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(StoreBusy, match="a statement failed"):
        swallow()
    with ctx.store.read() as records:
        assert records.last_beat("whole") is None


def test_a_writer_waits_for_other_processes_and_gives_up_in_time(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgresql._SESSION, "lock_timeout", "200")
    app = fresh_app(tmp_path, KIOSK_DATABASE_URL=url)
    with connected(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (postgresql._WRITER,))
        answer = post(app)
        assert (answer.status_code, answer.get_json()["code"]) == (503, "store_busy")
        assert "Retry-After" in answer.headers
        assert app.test_client().get("/healthz").status_code == 200
    assert post(app).status_code == 201


def test_a_server_that_restarts_is_found_again_without_a_restart_of_ours(app: Flask) -> None:
    number = register(app)["case_number"]
    store = app.extensions["kiosk"].store
    with store.read(), store.read():
        pass  # two connections wait in the pool
    server().restart()
    assert post(app).status_code == 201  # nothing was sent on the old connection, so it is tried on a new one
    with store.read() as records:
        assert records.cases.by_number(number) is not None


def test_while_the_server_is_away_the_service_says_so_and_comes_back(app: Flask) -> None:
    client = app.test_client()
    assert post(app).status_code == 201
    server().stop()
    try:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.get_json()["parts"]["store"]) == (503, "off")
        assert "Retry-After" in ready.headers
        answer = post(app, "errors-0002")
        assert (answer.status_code, answer.get_json()["code"]) == (503, "store_busy")
        for page in ("/", "/form", "/talk", "/handbook", "/windows", "/status", "/m"):
            assert client.get(page).status_code == 200, page
        assert client.get("/metrics").status_code == 200
    finally:
        server().start()
    assert client.get("/readyz").get_json()["parts"]["store"] == "ok"
    assert post(app, "errors-0002").status_code == 201


@pytest.mark.parametrize("when", ["before the commit", "at the commit"])
def test_a_transaction_whose_connection_is_ended_stores_nothing(app: Flask, url: str, when: str) -> None:
    ctx = app.extensions["kiosk"]

    def cut_short() -> None:
        with ctx.store.write() as records:
            records.beat("cut", ctx.clock.now())
            end_all(url)
            if when == "before the commit":
                records.last_beat("cut")

    with pytest.raises(StoreBusy) as raised:
        cut_short()
    assert isinstance(raised.value, OutcomeUnknown) is (when == "at the commit")
    with ctx.store.read() as records:
        assert records.last_beat("cut") is None


def test_a_sign_that_the_server_cannot_store_is_refused_at_the_door(app: Flask) -> None:
    for body in (petition(facts="半夜\0打桩"), petition(petitioner={**petition()["petitioner"], "name": "钱\0多米"})):
        answer = app.test_client().post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "errors-0003"})
        assert answer.status_code == 422, answer.get_json()
        assert answer.get_json()["errors"][0]["field"]
    assert app.test_client().get("/api/v1/units?q=%00").status_code == 422
    with app.extensions["kiosk"].store.read() as records:
        assert records.cases.ids("", 10) == []


def test_a_reader_sees_one_moment_and_writes_nothing(app: Flask) -> None:
    ctx = app.extensions["kiosk"]
    with ctx.store.read() as records:
        assert records.last_beat("moment") is None
        with ctx.store.write() as others:
            others.beat("moment", ctx.clock.now())
        assert records.last_beat("moment") is None
    with pytest.raises(StoreBusy, match="ReadOnly"), ctx.store.read() as records:
        records.beat("moment", ctx.clock.now())


def test_two_writers_of_two_processes_never_overlap(app: Flask, url: str, tmp_path: Path) -> None:
    stores = [app.extensions["kiosk"].store, fresh_app(tmp_path, KIOSK_DATABASE_URL=url).extensions["kiosk"].store]
    inside, most, rounds = [0], [0], 20

    def work(store: Any) -> None:
        for _ in range(rounds):
            with store.write() as records:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                count = records._connection.execute(text("SELECT times FROM handbook_gaps")).scalar() or 0
                records._connection.execute(
                    text(
                        "INSERT INTO handbook_gaps VALUES ('2026-03-02', 'refer', 'one', 1)"
                        if count == 0
                        else f"UPDATE handbook_gaps SET times = {count + 1}"
                    )
                )
                inside[0] -= 1

    threads = [threading.Thread(target=work, args=(store,)) for store in stores for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].read() as records:
        assert records._connection.execute(text("SELECT times FROM handbook_gaps")).scalar() == len(threads) * rounds
    assert most[0] == 1
    stores[1].close()


def post(app: Flask, key: str = "errors-0001") -> Any:
    return app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key})


def connected(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url.replace("+psycopg", ""))


def end_all(url: str) -> None:
    """As an administrator does, or a server that goes down."""
    with connected(url) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
