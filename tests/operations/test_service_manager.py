"""What systemd is told: that a process is ready and works, and nothing any more once it does not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk_api.service_manager import READY, start, still_works, watch
from kiosk_api.standby import beat


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ours:
        ours.bind(str(tmp_path / "notify"))
        ours.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield ours


def test_a_beat_of_the_worker_reaches_systemd(told: socket.socket) -> None:
    beat()
    assert told.recv(100).decode() == READY


def test_what_does_not_answer_is_not_reported(told: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "3000")
    stop, asked = threading.Event(), threading.Event()
    well = [True, False, False, False]

    def works() -> bool:
        if len(well) > 1:
            return well.pop(0)
        asked.set()
        return False

    thread = start(works, stop)
    assert told.recv(100).decode() == READY
    assert asked.wait(60)
    stop.set()
    thread.join(10)
    told.setblocking(False)
    with pytest.raises(BlockingIOError):
        told.recv(100)


def test_without_systemd_nothing_is_sent_and_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    still_works()
    assert watch("http://127.0.0.1/", threading.Event()) is None


def test_a_systemd_that_has_gone_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    still_works()
