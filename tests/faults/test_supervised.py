"""What the supervisor does with a process that dies, hangs or is outdated; with small ones."""

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

from kiosk_api import supervised
from kiosk_api.standby import LISTEN_FD
from kiosk_api.supervised import Part
from kiosk_api.supervisor import BACKOFF_S, _watch
from tests.stack import ROOT
from tests.waiting import wait_for

LOOP = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from kiosk_api.standby import beat, wait_for_turn
wait_for_turn()
while True:
    beat()
    time.sleep(0.05)
"""
SERVER = f"""
import http.server, sys
sys.path.insert(0, {str(ROOT)!r})
from kiosk_api.standby import listening_socket, wait_for_turn

class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(__import__("os").getpid()).encode())

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hello, bind_and_activate=False)
wait_for_turn()
server.socket = listening_socket("127.0.0.1", 0)
server.serve_forever()
"""


@pytest.fixture
def aside() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def parts() -> Iterator[list[Part]]:
    """Whatever a test puts in here is ended."""
    made: list[Part] = []
    yield made
    for part in made:
        part.end(signal.SIGKILL)
        for one in (part.active, part.spare):
            if one is not None:
                one.process.wait(30)
                one.close()


def looping(**more: bool) -> Part:
    return Part("loop", [sys.executable, "-c", LOOP], None, beats=True, **more)


def pid(part: Part) -> int:
    assert part.process is not None
    return part.process.pid


def test_a_process_that_keeps_dying_is_started_less_and_less_often(
    tmp_path: Path, aside: Executor
) -> None:
    part = Part("short", [sys.executable, "-c", "raise SystemExit(3)"], None, beats=True)
    pauses = []
    for _ in range(3):
        part.start(tmp_path)
        assert part.process is not None
        part.process.wait()
        started = part.active.started_at if part.active else 0.0
        _watch([part], tmp_path, aside)
        pauses.append(round(part.retry_at - started))
    assert pauses == sorted(pauses)
    assert part.failures == 3
    assert pauses[-1] >= BACKOFF_S[2]


def test_what_had_served_and_is_killed_comes_back_at_once_however_often(
    tmp_path: Path, aside: Executor, parts: list[Part]
) -> None:
    part = looping()
    parts.append(part)
    part.start(tmp_path)
    for _ in range(8):
        wait_for(lambda: watched(parts, tmp_path, aside) and part.is_ready())
        old = pid(part)
        os.kill(old, signal.SIGKILL)
        os.waitid(os.P_PID, old, os.WEXITED | os.WNOWAIT)
        _watch(parts, tmp_path, aside)
        assert part.process is not None
        assert pid(part) != old
        assert part.failures == 0


def watched(parts: list[Part], folder: Path, aside: Executor) -> bool:
    _watch(parts, folder, aside)
    return True


def test_a_loop_that_hangs_is_killed_and_replaced(
    tmp_path: Path, aside: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "SILENT_S", 1.0)
    part = looping()
    parts.append(part)
    part.start(tmp_path)
    wait_for(lambda: watched(parts, tmp_path, aside) and part.is_ready())
    old = pid(part)
    os.kill(old, signal.SIGSTOP)
    wait_for(lambda: watched(parts, tmp_path, aside) and part.process is not None and pid(part) != old)
    wait_for(lambda: watched(parts, tmp_path, aside) and part.is_ready())


def test_a_server_that_hangs_is_killed_and_its_spare_answers_who_waited(
    tmp_path: Path, aside: Executor, parts: list[Part], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "LOOK_EVERY_S", 0.1)
    monkeypatch.setattr(supervised, "ANSWER_WITHIN_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        part = Part("server", [sys.executable, "-c", SERVER], url, {LISTEN_FD: str(door.fileno())},
                    spared=True, keep=(door.fileno(),))  # fmt: skip
        parts.append(part)
        part.start(tmp_path)
        wait_for(lambda: watched(parts, tmp_path, aside) and part.spare is not None
                 and part.spare.is_loaded())  # fmt: skip
        old = pid(part)
        assert part.spare is not None
        next_one = part.spare.process.pid
        os.kill(old, signal.SIGSTOP)
        with socket.create_connection(door.getsockname(), 60) as waiting:
            waiting.sendall(b"GET / HTTP/1.0\r\n\r\n")
            wait_for(lambda: watched(parts, tmp_path, aside) and part.process is not None
                     and pid(part) == next_one)  # fmt: skip
        with httpx.Client(trust_env=False, timeout=60) as client:
            assert client.get(url).text == str(next_one)
        wait_for(lambda: watched(parts, tmp_path, aside) and part.spare is not None)


def test_a_spare_takes_over_within_one_look(
    tmp_path: Path, aside: Executor, parts: list[Part]
) -> None:
    part = looping(spared=True)
    parts.append(part)
    part.start(tmp_path)
    wait_for(lambda: watched(parts, tmp_path, aside) and part.spare is not None
             and part.spare.is_loaded())  # fmt: skip
    assert part.spare is not None
    next_one = part.spare.process.pid
    os.kill(pid(part), signal.SIGKILL)
    os.waitid(os.P_PID, pid(part), os.WEXITED | os.WNOWAIT)
    _watch(parts, tmp_path, aside)
    assert pid(part) == next_one
    wait_for(lambda: watched(parts, tmp_path, aside) and part.is_ready())


def test_a_dead_spare_is_replaced_and_a_spare_ends_with_its_supervisor(
    tmp_path: Path, aside: Executor, parts: list[Part]
) -> None:
    part = looping(spared=True)
    parts.append(part)
    part.start(tmp_path)
    wait_for(lambda: watched(parts, tmp_path, aside) and part.spare is not None
             and part.spare.is_loaded())  # fmt: skip
    first = part.spare
    assert first is not None
    first.end(signal.SIGKILL)
    wait_for(lambda: watched(parts, tmp_path, aside) and part.spare not in (first, None)
             and part.spare.is_loaded())  # fmt: skip
    second = part.spare
    assert second is not None
    second.close()  # as when the supervisor is gone: nobody will ever write
    assert second.process.wait(60) == 0


def test_a_model_put_in_place_is_served_by_a_new_start(
    tmp_path: Path, aside: Executor, parts: list[Part], capsys: pytest.CaptureFixture[str]
) -> None:
    pointer = tmp_path / "current.json"
    pointer.write_text("{}", encoding="utf-8")
    part = looping()
    part.follows = pointer
    parts.append(part)
    part.start(tmp_path)
    first = pid(part)
    _watch(parts, tmp_path, aside)
    assert pid(part) == first
    os.utime(pointer, (1, 1))
    _watch(parts, tmp_path, aside)
    assert "another model was put in place" in capsys.readouterr().out
    wait_for(lambda: watched(parts, tmp_path, aside) and part.process is not None and pid(part) != first)


def test_a_new_model_is_loaded_beside_the_old_one_before_they_change_places(
    tmp_path: Path, aside: Executor, parts: list[Part]
) -> None:
    pointer = tmp_path / "current.json"
    pointer.write_text("{}", encoding="utf-8")
    part = looping(spared=True)
    part.follows = pointer
    parts.append(part)
    part.start(tmp_path)
    wait_for(lambda: watched(parts, tmp_path, aside) and part.spare is not None
             and part.spare.is_loaded())  # fmt: skip
    first, with_the_old_one = pid(part), part.spare
    os.utime(pointer, (1, 1))
    _watch(parts, tmp_path, aside)
    assert pid(part) == first  # it goes on serving
    assert part.spare is not with_the_old_one
    assert part.spare is not None
    with_the_new_one = part.spare.process.pid
    wait_for(lambda: watched(parts, tmp_path, aside) and part.process is not None and pid(part) != first)
    assert pid(part) == with_the_new_one


def test_logs_are_for_their_owner_only(tmp_path: Path, parts: list[Part]) -> None:
    (tmp_path / "loop.log").write_text("older", encoding="utf-8")
    (tmp_path / "loop.log").chmod(0o644)
    parts.append(looping())
    parts[0].start(tmp_path)
    assert (tmp_path / "loop.log").stat().st_mode & 0o777 == 0o600


def test_a_settings_fault_ends_the_api_with_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk_api.serve_api"], cwd=ROOT, timeout=60, check=False,
        env={**os.environ, "KIOSK_PORT": "none"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "KIOSK_PORT" in done.stderr
