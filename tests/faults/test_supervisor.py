"""The supervisor restarts dead processes and leaves none behind when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk_api import supervised, supervisor
from tests.stack import ROOT, Stack, start_stack, stop_stack
from tests.waiting import wait_for


@pytest.fixture
def own_stack(tmp_path: Path) -> Iterator[Stack]:
    """A separate stack, because the test ends it."""
    running = start_stack(tmp_path)
    yield running
    if running.process.poll() is None:
        stop_stack(running)


def group_alive(number: int) -> bool:
    """Whether any process of the group is left, except zombies."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state, _, group = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:3]
        except (OSError, ValueError):
            continue
        if int(group) == number and state != "Z":
            return True
    return False


def test_a_killed_worker_is_logged_and_restarted(stack: Stack) -> None:
    old = stack.children()["worker"]
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: stack.children().get("worker", old) != old)
    log = (stack.data_dir / "supervisor.log").read_text(encoding="utf-8")
    assert "worker ended (status -9)" in log
    wait_for(lambda: stack.client.get("/readyz").json()["parts"]["worker"] == "ok")


def test_a_port_in_use_is_reported_before_anything_starts(stack: Stack, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk_api.supervisor"], cwd=ROOT, timeout=30, check=False,
        env={**stack.env, "KIOSK_DATA_DIR": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Already in use" in done.stderr
    assert "KIOSK_PORT" in done.stderr
    assert not (tmp_path / "kiosk.db").exists()


@pytest.mark.long
def test_ending_the_supervisor_ends_every_process_it_started(own_stack: Stack) -> None:
    log = (own_stack.data_dir / "supervisor.log").read_text(encoding="utf-8")
    assert f"{own_stack.base_url}/desk" in log
    assert "no phone can reach" in log
    children = own_stack.children()
    assert set(children) == {"api", "worker", "actions", "rasa"}
    own_stack.process.send_signal(signal.SIGTERM)
    assert own_stack.process.wait(30) == 0
    assert not [name for name, pid in children.items() if group_alive(pid)]


@pytest.mark.long
def test_killing_the_supervisor_ends_its_processes(own_stack: Stack) -> None:
    children = own_stack.children()
    own_stack.process.kill()
    own_stack.process.wait()
    wait_for(lambda: not [name for name, pid in children.items() if group_alive(pid)])


def test_the_pause_grows_only_with_failed_starts() -> None:
    part = supervised.Part("short", [], None)
    grown = [supervisor._pause(part, innocent=False) for _ in range(6)]
    assert grown == [1.0, 2.0, 5.0, 15.0, 30.0, 30.0]
    assert supervisor._pause(part, innocent=True) == 0.0
    assert supervisor._pause(part, innocent=False) == 1.0
