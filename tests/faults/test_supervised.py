"""How the supervisor handles a process that dies, hangs or is outdated; with small programs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kiosk_api import supervised, supervisor
from kiosk_api.standby import LISTEN_FD, ORDERS_FD
from kiosk_api.supervised import Part
from kiosk_api.supervisor import _watch
from tests.stack import ROOT
from tests.waiting import wait_for

LOOP = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from kiosk_api.standby import beat, serve_on_order
serve_on_order()
while True:
    beat()
    time.sleep(0.05)
"""
SERVER = f"""
import http.server, sys
sys.path.insert(0, {str(ROOT)!r})
from kiosk_api.standby import listening_socket, serve_on_order

class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(__import__("os").getpid()).encode())

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hello, bind_and_activate=False)
serve_on_order()
server.socket = listening_socket("127.0.0.1", 0)
server.serve_forever()
"""


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def parts() -> Iterator[list[Part]]:
    """A list; every part in it is closed after the test."""
    supervised.adopt_orphans()
    made: list[Part] = []
    yield made
    for part in made:
        part.close()


def looping() -> Part:
    return Part("loop", [sys.executable, "-c", LOOP], None, beats=True)


def pid(part: Part) -> int:
    return part.active.pid if part.active is not None else 0


def ready(parts: list[Part], folder: Path, executor: Executor) -> bool:
    _watch(parts, folder, executor)
    return parts[0].is_ready()


def kill(number: int, by: signal.Signals = signal.SIGKILL) -> None:
    """Kill a process and wait until it is dead."""
    os.kill(number, by)
    os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)


def test_a_process_that_keeps_dying_is_restarted_less_and_less_often(
    tmp_path: Path, executor: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "BACKOFF_S", (0.1, 0.2, 0.4))
    part = Part("short", [sys.executable, "-c", LOOP.replace("while True:", "raise SystemExit(3)\nif 0:")],
                None, beats=True)  # fmt: skip
    parts.append(part)
    pauses: list[float] = []

    def died_again() -> bool:
        before, started = part.failures, part.active.started_at if part.active else 0.0
        _watch(parts, tmp_path, executor)
        if part.failures > before:
            pauses.append(part.retry_at - started)
        return len(pauses) == 4

    wait_for(died_again)
    assert part.failures == 4
    assert pauses[0] < 2 + 0.1
    assert [pause >= least for pause, least in zip(pauses, (0.1, 0.2, 0.4, 0.4), strict=True)] == [True] * 4


def test_a_program_that_cannot_be_loaded_is_tried_less_and_less_often(
    tmp_path: Path, executor: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "BACKOFF_S", (0.1, 0.2, 0.4))
    parts.append(Part("short", [sys.executable, "-c", "raise SystemExit(3)"], None, beats=True))
    wait_for(lambda: not ready(parts, tmp_path, executor) and parts[0].failures == 3)
    assert parts[0].load_at > 0


def test_a_killed_process_that_had_served_is_restarted_at_once_every_time(
    tmp_path: Path, executor: Executor, parts: list[Part]
) -> None:
    part = looping()
    parts.append(part)
    for _ in range(8):
        wait_for(lambda: ready(parts, tmp_path, executor))
        warm, old = part.warm, pid(part)
        kill(old)
        _watch(parts, tmp_path, executor)
        assert pid(part) not in (0, old)
        assert part.warm is warm
        assert part.failures == 0


@pytest.mark.parametrize(("settled_s", "failures"), [(0.0, 0), (3600.0, 1)])
def test_a_process_that_served_for_a_while_counts_as_started(
    tmp_path: Path, executor: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch,
    settled_s: float, failures: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(supervisor, "SETTLED_S", settled_s)
    monkeypatch.setattr(supervisor, "BACKOFF_S", (3600.0,))
    part = looping()
    parts.append(part)
    wait_for(lambda: ready(parts, tmp_path, executor))
    old = pid(part)
    kill(old, signal.SIGABRT)  # as if it crashed
    _watch(parts, tmp_path, executor)
    assert part.failures == failures
    assert (pid(part) in (0, old)) is bool(failures)  # otherwise a successor serves at once


def test_a_loop_that_hangs_is_killed_and_replaced(
    tmp_path: Path, executor: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "NO_BEAT_S", 1.0)
    part = looping()
    parts.append(part)
    wait_for(lambda: ready(parts, tmp_path, executor))
    old = pid(part)
    os.kill(old, signal.SIGSTOP)
    wait_for(lambda: ready(parts, tmp_path, executor) and pid(part) != old)


def test_a_server_that_hangs_is_killed_and_its_successor_answers_waiting_requests(
    tmp_path: Path, executor: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "CHECK_EVERY_S", 0.1)
    monkeypatch.setattr(supervised, "ANSWER_WITHIN_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        part = Part("server", [sys.executable, "-c", SERVER], url, {LISTEN_FD: str(door.fileno())},
                    keep=(door.fileno(),))  # fmt: skip
        parts.append(part)
        wait_for(lambda: ready(parts, tmp_path, executor))
        old = pid(part)
        os.kill(old, signal.SIGSTOP)
        with socket.create_connection(door.getsockname(), 60) as waiting:
            waiting.sendall(b"GET / HTTP/1.0\r\n\r\n")
            wait_for(lambda: ready(parts, tmp_path, executor) and pid(part) != old)
        with httpx.Client(trust_env=False, timeout=60) as client:
            assert client.get(url).text == str(pid(part))


def test_a_dead_warm_process_is_replaced_while_the_serving_one_goes_on(
    tmp_path: Path, executor: Executor, parts: list[Part]
) -> None:
    part = looping()
    parts.append(part)
    wait_for(lambda: ready(parts, tmp_path, executor))
    first, serving = part.warm, pid(part)
    assert first is not None
    first.end()
    wait_for(lambda: ready(parts, tmp_path, executor) and part.warm not in (first, None)
             and part.warm.is_loaded())  # fmt: skip
    assert pid(part) == serving
    assert part.active is not None
    assert part.active.poll() is None
    assert part.warm is not None
    part.warm.orders.close()  # as when the supervisor is gone
    assert part.warm.process.wait(60) == 0


def test_warm_and_serving_process_killed_together_are_restarted(
    tmp_path: Path, executor: Executor, parts: list[Part]
) -> None:
    part = looping()
    parts.append(part)
    wait_for(lambda: ready(parts, tmp_path, executor))
    old, warm = pid(part), part.warm
    assert warm is not None
    warm.end()
    kill(old)
    wait_for(lambda: ready(parts, tmp_path, executor) and pid(part) not in (0, old))


def test_a_warm_process_that_cannot_fork_is_replaced(
    tmp_path: Path, executor: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "FORK_WITHIN_S", 0.5)
    part = looping()
    parts.append(part)
    wait_for(lambda: ready(parts, tmp_path, executor))
    old = pid(part)
    assert part.warm is not None
    os.kill(part.warm.process.pid, signal.SIGSTOP)
    kill(old)
    wait_for(lambda: ready(parts, tmp_path, executor) and pid(part) not in (0, old))


def test_a_new_model_is_loaded_before_it_replaces_the_old_one(
    tmp_path: Path, executor: Executor, parts: list[Part], capsys: pytest.CaptureFixture[str]
) -> None:
    pointer = tmp_path / "current.json"
    pointer.write_text("{}", encoding="utf-8")
    part = looping()
    part.follows = pointer
    parts.append(part)
    wait_for(lambda: ready(parts, tmp_path, executor))
    first, with_the_old_one = pid(part), part.warm
    os.utime(pointer, (1, 1))
    _watch(parts, tmp_path, executor)
    assert "another model that was put in place" in capsys.readouterr().out
    assert pid(part) == first  # the old one goes on serving
    with_the_new_one = part.next_warm
    assert with_the_new_one not in (with_the_old_one, None)
    wait_for(lambda: ready(parts, tmp_path, executor) and pid(part) != first)
    assert part.warm is with_the_new_one
    assert part.next_warm is None


def test_a_model_that_cannot_be_loaded_leaves_the_old_one_serving(
    tmp_path: Path, executor: Executor, parts: list[Part]
) -> None:
    pointer = tmp_path / "current.json"
    pointer.write_text("{}", encoding="utf-8")
    part = looping()
    part.follows = pointer
    parts.append(part)
    wait_for(lambda: ready(parts, tmp_path, executor))
    first = pid(part)
    part.command = [sys.executable, "-c", "raise SystemExit(1)"]
    os.utime(pointer, (1, 1))
    _watch(parts, tmp_path, executor)
    assert part.next_warm is not None
    wait_for(lambda: ready(parts, tmp_path, executor) and part.next_warm is None)
    assert pid(part) == first
    kill(first)  # a process of the old model can still be forked
    wait_for(lambda: ready(parts, tmp_path, executor) and pid(part) not in (0, first))


def test_a_thread_before_the_first_order_is_an_error() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        done = subprocess.run(
            [sys.executable, "-c", "import threading, time; threading.Thread(target=time.sleep, args=(9,),"
             " daemon=True).start()\nfrom kiosk_api.standby import serve_on_order; serve_on_order()"],
            cwd=ROOT, timeout=60, check=False, env={**os.environ, ORDERS_FD: str(theirs.fileno())},
            pass_fds=[theirs.fileno()], capture_output=True, text=True,
        )  # fmt: skip
    assert "2 threads run before the first order" in done.stderr


def test_logs_are_for_their_owner_only(tmp_path: Path, parts: list[Part]) -> None:
    (tmp_path / "loop.log").write_text("older", encoding="utf-8")
    (tmp_path / "loop.log").chmod(0o644)
    parts.append(looping())
    parts[0].warm = parts[0].load(tmp_path)
    assert (tmp_path / "loop.log").stat().st_mode & 0o777 == 0o600


def test_a_wrong_setting_ends_the_api_with_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk_api.serve_api"], cwd=ROOT, timeout=60, check=False,
        env={**os.environ, "KIOSK_PORT": "none"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "KIOSK_PORT" in done.stderr
