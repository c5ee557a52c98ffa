"""Too much at once: what does not fit is refused before anything of it is done, and other kinds of work go on."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk_api.server import busy_page
from kiosk_api.server.lanes import FILING, MOST_WAITING, SPARED, THREADS, Lane
from tests.attacks.server import WAIT_S, Gate, Served, answer, plain, send, serving
from tests.factories import fresh_app, petition
from tests.faults import oracle
from tests.waiting import wait_for

RUN = THREADS[FILING] - SPARED  # of one source side by side


class Held:
    """A request whose work waits for the test."""

    path = "/"

    def __init__(self, source: str, gate: threading.Event) -> None:
        self.source, self.gate, self.said = source, gate, ""
        self.gone = False
        self.finished = threading.Event()

    def service(self) -> None:
        if not self.said:
            self.gate.wait(WAIT_S)
            self.said = "done"
        self.finished.set()

    def cancel(self) -> None:
        self.said = "dropped"
        self.finished.set()

    def refuse(self) -> None:
        self.said = "refused"

    def is_gone(self) -> bool:
        return self.gone


@contextmanager
def lane(**more: Any) -> Iterator[tuple[Lane, threading.Event]]:
    gate = threading.Event()
    made = Lane("test", 1, lambda _error: None, **more)
    try:
        yield made, gate
    finally:
        gate.set()
        made.close()


def test_a_full_queue_refuses_the_newest_of_the_source_with_most() -> None:
    with lane(most=3) as (made, gate):
        running = Held("many", gate)
        assert made.add(running) is None
        wait_for(lambda: made._runs["many"] == 1)
        waiting = [Held("many", gate) for _ in range(3)]
        assert [made.add(one) for one in waiting] == [None] * 3
        again = Held("many", gate)
        assert made.add(again) is again
        other = Held("other", gate)
        assert made.add(other) is waiting[2]  # the burst gives way, not the newcomer
        gate.set()
        assert all(one.finished.wait(WAIT_S) for one in (running, waiting[0], waiting[1], other))


@pytest.mark.parametrize(("gone", "said"), [(False, "refused"), (True, "dropped")])
def test_who_has_waited_too_long_or_hung_up_is_not_served(
    monkeypatch: pytest.MonkeyPatch, gone: bool, said: str
) -> None:
    monkeypatch.setattr("kiosk_api.server.lanes.GONE_S", 0.0)
    with lane(patience_s=0.0) as (made, gate):
        late = Held("a", gate)
        late.gone = gone
        made.add(late)
        assert late.finished.wait(WAIT_S)
        assert late.said == said


def fill(served: Served, app: Gate, path: str) -> list[Any]:
    """Requests of one kind until its queue is full: some run, the others wait."""
    held = [send(served.connect(), path) for _ in range(RUN)]
    for _ in range(RUN):
        assert app.arrived.acquire(timeout=WAIT_S)
    held += [send(served.connect(), path) for _ in range(MOST_WAITING)]
    wait_for(lambda: served.listener.lanes._lanes[FILING].busy() == RUN + MOST_WAITING)
    return held


def test_a_burst_of_one_kind_is_refused_with_a_time_to_come_back_and_the_others_go_on() -> None:
    app = Gate("/api/v1/petitions")
    with serving(app) as served:
        held = fill(served, app, "/api/v1/petitions")
        with served.client() as client:
            for path in (
                "/api/v1/cases/lookup",
                "/desk/",
                "/api/v1/desk/cases",
                "/",
                "/api/v1/chat",
                "/internal/v1/x",
                "/healthz",
            ):
                assert client.get(path).status_code == 200, path
            for _ in range(20):
                refused = client.post("/api/v1/petitions", json={})
                assert (refused.status_code, refused.json()["code"]) == (503, "busy")
                assert int(refused.headers["Retry-After"]) > 0
                assert refused.headers["Content-Type"] == "application/problem+json"
        app.open.set()
        said = [answer(sock) for sock in held]
    assert all(one.startswith(b"HTTP/1.1 200") for one in said)  # who waits is served; no refused one was begun
    assert len(app.waited) == RUN + MOST_WAITING + 7


def test_a_connection_given_up_while_waiting_is_closed_and_never_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk_api.server.lanes.GONE_S", 0.0)
    app = Gate("/api/v1/petitions")
    with serving(app) as served:
        held = [send(served.connect(), "/api/v1/petitions") for _ in range(RUN)]
        for _ in range(RUN):
            assert app.arrived.acquire(timeout=WAIT_S)
        gone = [send(served.connect(), "/api/v1/petitions") for _ in range(5)]
        wait_for(lambda: served.listener.lanes._lanes[FILING].busy() == RUN + 5)
        for sock in gone:
            sock.close()
        app.open.set()
        assert all(answer(sock).startswith(b"HTTP/1.1 200") for sock in held)
        wait_for(lambda: served.listener.lanes._lanes[FILING].busy() == 0)
        served.wait_until_empty()
    assert len(app.waited) == RUN


def test_a_burst_leaves_no_half_done_case_and_each_key_its_answer(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_RATE_LIMITS="off")
    gate, slow = threading.Event(), app.wsgi_app

    def gated(environ: Any, start: Any) -> Any:
        gate.wait(WAIT_S)
        return slow(environ, start)

    said: Counter[int] = Counter()
    answered: dict[str, Any] = {}

    def hand_in(number: int) -> None:
        key = f"burst-{number:04d}"
        with httpx.Client(base_url=served.url, timeout=WAIT_S, trust_env=False) as client:
            got = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key})
            said[got.status_code] += 1
            if got.status_code == 201:
                answered[key] = got.json()
            else:
                assert (got.json()["code"], bool(got.headers["Retry-After"])) == ("busy", True)
        if sum(said.values()) >= count - RUN - MOST_WAITING:
            gate.set()

    count = RUN + MOST_WAITING + 40
    with serving(gated) as served, ThreadPoolExecutor(count) as pool:
        list(pool.map(hand_in, range(count)))
    url = f"sqlite:///{tmp_path / 'kiosk.db'}"
    assert said[503] >= 40 and said[201] + said[503] == count
    assert oracle.faults(url, answered, len(answered)) == []
    with serving(app) as served, served.client() as client:
        lost = next(key for key in (f"burst-{number:04d}" for number in range(count)) if key not in answered)
        later = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": lost})
        assert later.status_code == 201


PAGE = {"Accept": "text/html,application/xhtml+xml"}


def refused(method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    """The answer to one request while its lane is full."""
    with serving(plain) as served:
        lane = served.listener.lanes._lanes
        for one in lane.values():
            one._most = 0
        lane["refused"]._most = 10
        with served.client() as client:
            return client.request(method, path, headers={**PAGE, **(headers or {})}, **more)


def test_a_refused_page_keeps_what_was_typed() -> None:
    typed = {"f_facts": '青石巷"><script>alert(1)</script>', "csrf": "x" * 64, "empty": ""}
    page = refused("POST", "/desk/register?from=list", data=typed)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "text/html" in page.headers["Content-Type"] and "no-store" in page.headers["Cache-Control"]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text))
    assert {name: unescape(value) for name, value in fields.items()} == typed
    assert "<script>alert" not in page.text
    assert '<form method="post" action="/desk/register?from=list">' in page.text
    assert "您填的内容都在" in page.text


def test_it_tries_again_by_itself_a_few_times_and_then_waits_for_a_finger() -> None:
    pauses, cookie = [], "none=1"
    for _ in range(busy_page.MOST_TRIES + 1):
        page = refused("GET", "/r", {"Cookie": f"kiosk=1; {cookie}"})
        pauses.append(int(re.search(r'data-ms="(\d+)"', page.text)[1]))  # type: ignore[index]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    assert all(one >= busy_page.PAUSE_S * 1000 for one in pauses[:-1]) and pauses[-1] == 0
    assert "按下面的按钮" in page.text


@pytest.mark.parametrize("cookie", ["busy_tries=x", "busy_tries=-1", "busy_tries=99999", "=;;", "busy_tries"])
def test_a_strange_cookie_counts_as_none(cookie: str) -> None:
    assert refused("GET", "/", {"Cookie": cookie}).headers["Set-Cookie"].startswith("busy_tries=1;")


def test_pictures_and_long_forms_are_not_copied_into_the_page() -> None:
    for more in (
        {"files": {"f": b"x"}},
        {"data": {"f": "x" * busy_page.MOST_KEPT}},
        {"data": {f"f{n}": "" for n in range(300)}},
    ):
        page = refused("POST", "/desk/register", **more)
        assert page.status_code == 503 and "<form" not in page.text and 'data-ms="0"' in page.text


def test_a_program_gets_no_page() -> None:
    said = refused("POST", "/api/v1/petitions", json={})
    assert json.loads(said.text)["code"] == "busy"
    assert "Set-Cookie" not in said.headers
