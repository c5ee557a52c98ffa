"""What a citizen and an officer are told when the store fails, and whether it is true."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from kiosk_api.persistence import database
from kiosk_api.persistence.store_faults import certainly_undone
from kiosk_api.server.channel import _UNKNOWN
from kiosk_api.services.base import idempotency
from kiosk_api.services.base.ports import OutcomeUnknown, StoreBusy, StoreFull
from kiosk_api.web.errors import OUTCOME_UNKNOWN
from tests.attacks.server import serving
from tests.factories import fresh_app, petition
from tests.web.desk_helpers import csrf, make_app, sign_in

HEADERS = {"Idempotency-Key": "store-errors-1"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


def engine_of(app: Flask) -> Any:
    return app.extensions["kiosk"].store._engine


def stored(app: Flask) -> int:
    with engine_of(app).connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() or 0)


def error_of(code: int, name: str) -> OperationalError:
    error = sqlite3.OperationalError(name)
    error.sqlite_errorcode, error.sqlite_errorname = code, name  # type: ignore[misc]
    return OperationalError("COMMIT", {}, error)


@pytest.fixture
def at_commit(app: Flask) -> Iterator[Callable[[BaseException, bool], None]]:
    """Lets the next commit of a case fail: before SQLite is asked, or after it has done it."""
    with ExitStack() as held:

        def arm(error: BaseException, done: bool) -> None:
            armed = [error]

            def hook(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
                if statement == "COMMIT" and armed:
                    raise armed.pop()

            name = "after_cursor_execute" if done else "before_cursor_execute"
            event.listen(engine_of(app), name, hook)
            held.callback(event.remove, engine_of(app), name, hook)

        yield arm


def test_a_full_store_says_so_although_sqlite_has_rolled_back_by_itself(app: Flask) -> None:
    def fill() -> None:
        with app.extensions["kiosk"].store.write() as records:
            connection = records.cases._connection
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            connection.exec_driver_sql("CREATE TABLE filler (x BLOB)")
            connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(4000000))")

    def rolled_back() -> None:
        with app.extensions["kiosk"].store.write() as records:
            records.cases._connection.exec_driver_sql("ROLLBACK")  # as SQLite does it
            raise error_of(sqlite3.SQLITE_FULL, "SQLITE_FULL")

    for fails in (fill, rolled_back):
        with pytest.raises(StoreFull):
            fails()
    with app.extensions["kiosk"].store.write():
        """The next one is as good as ever."""


@pytest.mark.parametrize(("code", "kind"), [
    (sqlite3.SQLITE_FULL, StoreFull), (sqlite3.SQLITE_IOERR, StoreFull), (sqlite3.SQLITE_IOERR_FSYNC, StoreFull),
    (sqlite3.SQLITE_BUSY, StoreBusy), (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy),
])  # fmt: skip
def test_the_code_tells_a_full_disk_from_a_held_lock(app: Flask, code: int, kind: type[StoreBusy]) -> None:
    with pytest.raises(StoreBusy) as raised, app.extensions["kiosk"].store.write():
        raise error_of(code, "no words to go by")
    assert type(raised.value) is kind


def test_what_a_failed_commit_has_stored() -> None:
    class OfPostgresql(Exception):
        sqlstate: str | None = None

    def by_state(state: str | None) -> OperationalError:
        error = OfPostgresql()
        error.sqlstate = state
        return OperationalError("COMMIT", {}, error)

    assert certainly_undone(error_of(sqlite3.SQLITE_FULL, "full"))
    assert certainly_undone(error_of(sqlite3.SQLITE_BUSY, "busy"))
    assert certainly_undone(error_of(sqlite3.SQLITE_IOERR_WRITE, "write"))
    assert not certainly_undone(error_of(sqlite3.SQLITE_IOERR_FSYNC, "fsync"))
    assert all(certainly_undone(by_state(state)) for state in ("40001", "23505", "53100"))
    assert not any(certainly_undone(by_state(state)) for state in (None, "08006", "57P01", "40003", "XX000"))
    assert not certainly_undone(MemoryError())


@pytest.mark.parametrize("done", [False, True], ids=["not_stored", "stored"])
@pytest.mark.parametrize(
    "error", [error_of(sqlite3.SQLITE_IOERR_FSYNC, "fsync"), MemoryError()], ids=["fsync", "memory"]
)
def test_a_failed_commit_is_not_called_a_refusal(app: Flask, at_commit: Any, error: BaseException, done: bool) -> None:
    client = app.test_client()
    at_commit(error, done)
    answer = client.post("/api/v1/petitions", json=petition(), headers=HEADERS)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "outcome_unknown")
    assert answer.get_json()["detail"] == OUTCOME_UNKNOWN and int(answer.headers["Retry-After"]) > 0
    assert stored(app) == int(done)
    again = client.post("/api/v1/petitions", json=petition(), headers=HEADERS)
    assert again.status_code == 201
    assert client.post("/api/v1/petitions", json=petition(), headers=HEADERS).get_json() == again.get_json()
    assert stored(app) == 1


def test_a_commit_that_was_refused_for_certain_is_a_refusal(app: Flask, at_commit: Any) -> None:
    for code, name in ((sqlite3.SQLITE_FULL, "store_full"), (sqlite3.SQLITE_BUSY, "store_busy")):
        at_commit(error_of(code, name), False)
        answer = app.test_client().post("/api/v1/petitions", json=petition(), headers=HEADERS)
        assert (answer.status_code, answer.get_json()["code"]) == (503, name)
        assert stored(app) == 0


def test_an_answer_that_fails_after_the_commit_is_not_called_a_refusal(app: Flask) -> None:
    failing = [MemoryError(), OSError()]  # the second one meets a try whose answer is stored already

    @app.after_request
    def _pack(response: Any) -> Any:
        if failing and response.status_code == 201:
            raise failing.pop(0)
        return response

    client = app.test_client()
    while failing:
        answer = client.post("/api/v1/petitions", json=petition(), headers=HEADERS)
        assert (answer.status_code, answer.get_json()["code"]) == (503, "outcome_unknown")
        assert stored(app) == 1
    assert client.post("/api/v1/petitions", json=petition(), headers=HEADERS).status_code == 201
    assert stored(app) == 1


def test_a_store_that_fails_after_the_commit_is_not_called_a_refusal(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after(*_: object) -> None:
        raise StoreBusy("locked")

    once = "kiosk_api.services.petitions.submit_petition.once"
    monkeypatch.setattr(once, lambda *given: (idempotency.once(*given), after()))
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers=HEADERS)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "outcome_unknown")
    assert stored(app) == 1


def test_looking_never_leaves_anything_unknown(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("kiosk_api.web.kiosk.views.render_template", fails)
    page = app.test_client().get("/form").get_data(as_text=True)
    assert "还没有提交" in page and OUTCOME_UNKNOWN not in page


def test_a_server_whose_application_fails_whole_says_the_same(app: Flask) -> None:
    assert _UNKNOWN == ("outcome_unknown", OUTCOME_UNKNOWN)

    def fails(environ: Any, _start: Any) -> Any:
        app(environ, lambda *_: None)
        raise MemoryError

    with serving(fails) as served, served.client() as client:
        answer = client.post("/api/v1/petitions", json=petition(), headers=HEADERS)
        assert (answer.status_code, answer.json()["code"]) == (503, "outcome_unknown")
        assert int(answer.headers["Retry-After"]) > 0
        assert client.get("/").json()["code"] == "unavailable"
    again = app.test_client().post("/api/v1/petitions", json=petition(), headers=HEADERS)
    assert again.status_code == 201 and stored(app) == 1


@pytest.mark.parametrize(("error", "words"), [
    (OutcomeUnknown("x"), "同一份不会重复登记"), (StoreFull("x"), "存储空间满了"), (StoreBusy("x"), "系统正忙"),
])  # fmt: skip
def test_an_officer_reads_which_it_was_and_keeps_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: StoreBusy, words: str
) -> None:
    def fails(*_: object) -> None:
        raise error

    client = make_app(tmp_path).test_client()
    sign_in(client)
    token = csrf(client.get("/desk/register").get_data(as_text=True))
    monkeypatch.setattr("kiosk_api.web.desk.registering.register_received", fails)
    page = client.post("/desk/register", data={"f_facts": "青石巷的路灯", "key": "the-key-of-the-page", "csrf": token})
    text = page.get_data(as_text=True)
    assert page.status_code == 503 and words in text
    assert "青石巷的路灯" in text and "the-key-of-the-page" in text


def test_nobody_waits_longer_for_a_connection_than_for_a_lock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = engine_of(app).pool
    assert pool.timeout() == database.BUSY_TIMEOUT_S
    pool._timeout = 0.05
    with ExitStack() as held:
        for _ in range(pool.size() + pool._max_overflow):
            held.enter_context(engine_of(app).connect())
        answer = app.test_client().post("/api/v1/petitions", json=petition(), headers=HEADERS)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "store_busy")
