"""The whole stack, started by the real supervisor as in `make run`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from kiosk_api.standby import LOADING, WARM
from tests.ports import reserved

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 900  # the assistant may have to train first, on a busy machine


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
    held: ExitStack = field(repr=False)

    def chat(self, text: str, session_id: str | None = None) -> dict[str, Any]:
        """One turn of a conversation over the public API."""
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
                warm = (entry / "comm").read_text().strip() in (LOADING, WARM)
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, ValueError, IndexError):
                continue
            if parent == self.process.pid and not warm:
                name = next((v for k, v in names.items() if k in command), None)
                if name:
                    found[name] = int(entry.name)
        return found


def start_stack(data_dir: Path) -> Stack:
    """Start everything on ports of its own; raises when it does not become ready."""
    held = ExitStack()
    ports = held.enter_context(reserved("KIOSK_PORT", "RASA_PORT", "ACTIONS_PORT"))
    env = {
        **os.environ,
        **{name: str(port) for name, port in ports.items()},
        "KIOSK_DATA_DIR": str(data_dir),
        "KIOSK_RATE_LIMITS": "off",
        "KIOSK_VOICE": "off",  # 700 MB that only tests/e2e/voice need
        "PYTHONPATH": str(ROOT),
    }
    base_url = f"http://127.0.0.1:{ports['KIOSK_PORT']}"
    started = time.monotonic()
    log = data_dir / "supervisor.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk_api.supervisor"],
            cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    while "\nready\n" not in log.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() - started > READY_WITHIN_S:
            process.send_signal(signal.SIGTERM)
            held.close()
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
        held,
    )


def stop_stack(stack: Stack) -> None:
    """End all processes, as ctrl-C does."""
    stack.client.close()
    stack.process.send_signal(signal.SIGINT)
    stack.process.wait(30)
    stack.held.close()
