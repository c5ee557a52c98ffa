"""Starts what the units start, in systemd's place: the socket is handed over, and READY=1 is waited for."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from kiosk_api.gateways.backup_note import note_backup
from tests.factories import petition
from tests.operations.units import ROOT, allowed_calls, command, environment, whole
from tests.waiting import wait_for

SYSTEM_PYTHON = "/usr/bin/python3"  # has Debian's libseccomp
CONFINE = Path(__file__).with_name("confine.py")
LONGEST_START_S = 300


@dataclass
class Machine:
    """What was seen of one start to the end: who said to be ready, the figures, and the exit statuses."""

    ready: dict[str, bool] = field(default_factory=dict)
    healthy: int = 0
    registered: int = 0
    figures: str = ""
    ended: dict[str, int] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)  # names in the data folder


def started(name: str, env: dict[str, str], listening: socket.socket | None = None) -> subprocess.Popen[bytes]:
    """The unit's command in this machine's environments, within the sandbox's rules for calls and memory."""
    calls = Path(env["KIOSK_DATA_DIR"]).parent / "calls.json"
    calls.write_text(json.dumps(allowed_calls()), encoding="utf-8")
    unit = whole(f"petition-{name}.service")
    program, *arguments = command(unit)
    own = {key: text for key, text in environment(unit).items() if key not in ("PYTHONPATH", "KIOSK_DATA_DIR")}
    other = next((one for one in ("bot", "voice") if f"/{one}/" in program), None)
    python = ROOT / f".venv/{other}/bin/python" if other else Path(sys.executable)
    compiled = "deny" if unit["Service"]["MemoryDenyWriteExecute"][-1] == "yes" else "allow"
    given: tuple[int, ...] = ()
    if listening is not None:
        given = (listening.fileno(),)
        own["KIOSK_LISTEN_FD"] = str(listening.fileno())
    plain = {key: os.environ[key] for key in ("PATH", "LANG", "TZ") if key in os.environ}
    return subprocess.Popen(
        [SYSTEM_PYTHON, str(CONFINE), str(calls), compiled, str(python), *arguments], cwd=ROOT, env={**plain, **own, "PYTHONPATH": str(ROOT), **env}, pass_fds=given,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def run_once(folder: Path) -> Machine:
    """Migrate, start API and worker, register a petition, read the figures, end both."""
    seen = Machine()
    with ExitStack() as held:
        listening = held.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
        port = listening.getsockname()[1]
        env = {
            "KIOSK_DATA_DIR": str(folder / "data"), "KIOSK_PORT": str(port), "NOTIFY_SOCKET": "", "RASA_URL": "http://127.0.0.1:1",
        }  # fmt: skip
        seen.ended["migrate"] = started("migrate", env).wait(LONGEST_START_S)
        note_backup(folder / "data", datetime.now(UTC))
        running = {}
        for name in ("api", "worker"):
            told = held.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
            told.bind(str(folder / f"{name}.socket"))
            told.settimeout(LONGEST_START_S)
            env["NOTIFY_SOCKET"] = str(folder / f"{name}.socket")
            running[name] = started(name, env, listening if name == "api" else None)
            held.callback(running[name].kill)
            seen.ready[name] = b"READY=1" in told.recv(200)
        client = held.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60))
        seen.healthy = client.get("/healthz").status_code
        answer = client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "machine-test"})
        seen.registered = answer.status_code
        wait_for((folder / "data/figures/worker.prom").exists)
        wait_for(lambda: "petition_audit_anchor_age_seconds" in client.get("/metrics").text)
        seen.figures = client.get("/metrics").text
        seen.made = {one.name for one in (folder / "data").iterdir()}
        client.close()
        for name, process in running.items():
            process.send_signal(signal.SIGTERM)
            seen.ended[name] = process.wait(60)
    return seen
