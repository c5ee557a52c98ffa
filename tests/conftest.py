"""The whole stack, started once a session by the real supervisor, and a real Chromium."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import Engine

from kiosk_api.persistence import database

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 150
expect.set_options(timeout=15_000)  # how long a busy machine may take is no matter of these tests
BROWSER_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on now, below those the system gives away by itself."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Stack:
    """A running API, worker, action server and Rasa."""

    base_url: str
    rasa_url: str
    data_dir: Path
    env: dict[str, str]
    process: subprocess.Popen[bytes]
    ready_after_s: float
    client: httpx.Client = field(repr=False)

    def chat(self, text: str, session_id: str | None = None) -> dict[str, Any]:
        """One turn over the public door."""
        body = {"text": text} if session_id is None else {"text": text, "session_id": session_id}
        answer = self.client.post("/api/v1/chat", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def children(self) -> dict[str, int]:
        """Process ids of the four processes, by name."""
        found: dict[str, int] = {}
        names = {"serve_api": "api", "worker": "worker", "serve_actions": "actions", "rasa": "rasa"}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                spare = (entry / "comm").read_text().startswith("spare")
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, ValueError, IndexError):
                continue
            if parent == self.process.pid and not spare:
                name = next((v for k, v in names.items() if k in command), None)
                if name:
                    found[name] = int(entry.name)
        return found


def start_stack(data_dir: Path) -> Stack:
    """Start everything on free ports; raises when it does not become ready."""
    ports = {name: free_port() for name in ("KIOSK_PORT", "RASA_PORT", "ACTIONS_PORT")}
    env = {
        **os.environ,
        **{name: str(port) for name, port in ports.items()},
        "KIOSK_DATA_DIR": str(data_dir),
        "KIOSK_RATE_LIMITS": "off",
        "PYTHONPATH": str(ROOT),
    }
    base_url = f"http://127.0.0.1:{ports['KIOSK_PORT']}"
    started = time.monotonic()
    output = (data_dir / "supervisor.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk_api.supervisor"],
        cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    log = data_dir / "supervisor.log"
    while "\nready\n" not in log.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() - started > READY_WITHIN_S:
            process.send_signal(signal.SIGTERM)
            raise RuntimeError(f"stack not ready:\n{log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.2)
    return Stack(
        base_url,
        f"http://127.0.0.1:{ports['RASA_PORT']}",
        data_dir,
        env,
        process,
        time.monotonic() - started,
        httpx.Client(base_url=base_url, timeout=30, trust_env=False),
    )


@pytest.fixture(autouse=True)
def stores_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Applications of one test leave no open files to the hundreds of tests after it."""
    opened: list[Engine] = []

    def make_engine(url: str) -> Engine:
        opened.append(database.make_engine(url))
        return opened[-1]

    monkeypatch.setattr("kiosk_api.app.make_engine", make_engine)
    yield
    for engine in opened:
        engine.dispose()


def stop_stack(stack: Stack) -> None:
    """End all processes, as ctrl-C does."""
    stack.client.close()
    stack.process.send_signal(signal.SIGINT)
    stack.process.wait(30)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = start_stack(tmp_path_factory.mktemp("stack"))
    yield running
    stop_stack(running)


def chromium_path() -> str:
    """The browser that .ci/ensure_chromium.sh found, or one on the PATH."""
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser"):
        path = shutil.which(name) if name else None
        if path:
            return path
    raise RuntimeError("No Chromium: run .ci/ensure_chromium.sh as root, or install chromium.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium_path(), headless=True, args=BROWSER_ARGS
        )
        yield running
        running.close()
