"""Starts every process, watches them, restarts what dies, ends all of them.

Standard library only. Child output goes to one log file a process under the data folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from kiosk_api.config import Settings
from kiosk_api.private_files import bound_log, make_private, open_log

ROOT = Path(__file__).resolve().parent.parent
MODEL_POINTER = ROOT / "var" / "models" / "current.json"
READY_WITHIN_S = 120.0
BACKOFF_S = (1.0, 2.0, 5.0, 15.0, 30.0)
GRACE_S = 8.0
SETTLED_S = 60.0
PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


@dataclass
class Part:
    """One process: how to start it and where it says that it is ready."""

    name: str
    command: list[str]
    ready_url: str | None
    env: dict[str, str] = field(default_factory=dict)
    follows: Path | None = None  # a file whose change means: start anew with what it names
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    retry_at: float = 0.0
    read_at: float = 0.0

    def start(self, log_dir: Path) -> None:
        """Start in a process group of its own, so that all of it can be ended."""
        self.take_note()
        with open_log(log_dir / f"{self.name}.log") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env={**os.environ, **self.env}, stdout=log,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=_end_with_parent,
            )  # fmt: skip
        self.started_at = time.monotonic()

    def is_ready(self) -> bool:
        """Whether it answers."""
        if self.ready_url is None:
            return self.process is not None and self.process.poll() is None
        try:
            with urllib.request.urlopen(self.ready_url, timeout=2) as answer:  # noqa: S310 - http
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def take_note(self) -> None:
        """What the followed file says now is known."""
        self.read_at = self._changed_at()

    def is_outdated(self) -> bool:
        """Whether the file it follows has changed since it was started."""
        return self._changed_at() != self.read_at

    def _changed_at(self) -> float:
        return self.follows.stat().st_mtime if self.follows and self.follows.exists() else 0.0

    def end(self, number: signal.Signals) -> None:
        """Signal the whole group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def parts(settings: Settings) -> list[Part]:
    """The four processes, in the order in which they are started."""
    rasa_port = os.environ.get("RASA_PORT", "5005")
    actions_port = os.environ.get("ACTIONS_PORT", "5055")
    bot_python = ROOT / ".venv/bot/bin/python"
    kiosk_url = f"http://{_reachable(settings.host)}:{settings.port}"
    shared = {
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    bot = {
        **shared,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_INTRA_OP_PARALLELISM_THREADS": "1",
        "TF_INTER_OP_PARALLELISM_THREADS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "KIOSK_API_URL": kiosk_url,
        "BOT_KEY_FILE": str(settings.data_dir / "keys" / "bot_key"),
        "ACTIONS_PORT": actions_port,
        "ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
    }
    api = [
        sys.executable, "-m", "gunicorn", "kiosk_api.app:create_app()",
        "--config", "python:kiosk_api.gunicorn_conf", "--bind", f"{settings.host}:{settings.port}",
    ]  # fmt: skip
    rasa = [
        str(bot_python), "-m", "bot.serve_rasa", "run", "--model", "var/models", "--endpoints",
        "bot/endpoints.yml", "--credentials", "bot/credentials.yml", "-i", "127.0.0.1",
        "-p", rasa_port, "--quiet",
    ]  # fmt: skip
    return [
        Part("api", api, f"{kiosk_url}/healthz", shared),
        Part("worker", [sys.executable, "-m", "kiosk_api.cli", "worker"], None, shared),
        Part(
            "actions", [str(bot_python), "-m", "bot.serve_actions"],
            f"http://127.0.0.1:{actions_port}/health", bot,
        ),
        Part("rasa", rasa, f"http://127.0.0.1:{rasa_port}/", bot, MODEL_POINTER),
    ]  # fmt: skip


def run() -> int:
    """Bring everything up and keep it up until SIGINT or SIGTERM; returns the exit status."""
    settings = Settings.from_env()
    log_dir = settings.data_dir / "log"
    make_private(settings.data_dir)
    log_dir.mkdir(parents=True, exist_ok=True)
    everything = parts(settings)
    busy = [part.name for part in everything if part.ready_url and _port_taken(part.ready_url)]
    if busy:
        print(f"Already in use: the port of {', '.join(busy)}. Stop that program or set another "
              "KIOSK_PORT, RASA_PORT or ACTIONS_PORT.", file=sys.stderr)  # fmt: skip
        return 1
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    if not _prepare(settings, log_dir, stop):
        return 0 if stop.is_set() else 1
    try:
        print("starting", ", ".join(part.name for part in everything), flush=True)
        for part in everything:
            part.start(log_dir)
        if not _wait_until_ready(everything, log_dir, stop):
            return 0 if stop.is_set() else 1
        _say_addresses(settings)
        while not stop.wait(0.5):
            _watch(everything, log_dir)
    finally:
        _end_all(everything)
    return 0


def _end_with_parent() -> None:
    """In the child: ask Linux for SIGTERM should the supervisor itself be killed outright."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _prepare(settings: Settings, log_dir: Path, stop: threading.Event) -> bool:
    """Migrate the store, and train when the content of bot/ or nlu_data/ has changed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    for name, saying, command in (
        ("migrate", "migrating the store",
         [sys.executable, "-m", "kiosk_api.cli", "migrate"]),
        ("train", "checking the assistant; learning anew takes about two minutes",
         [str(ROOT / ".venv/bot/bin/python"), "-m", "bot.train", "--out", "var/models"]),
    ):  # fmt: skip
        print(saying, flush=True)
        with open_log(log_dir / f"{name}.log", "wb") as log:
            running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log,
                                       stderr=subprocess.STDOUT, preexec_fn=_end_with_parent)  # fmt: skip
        while running.poll() is None and not stop.wait(0.1):
            pass
        if stop.is_set():
            running.terminate()
            running.wait()
            return False
        if running.returncode != 0:
            said = (log_dir / f"{name}.log").read_text(encoding="utf-8", errors="replace")
            print(f"Failed: {saying}. {said[-2000:].strip()}\nLog: {log_dir / name}.log", file=sys.stderr)
            return False
    free = shutil.disk_usage(settings.data_dir).free
    if free < 200 * 1024 * 1024:
        print("Warning: less than 200 MB of disk space is left.", file=sys.stderr)
    return True


def _wait_until_ready(everything: list[Part], log_dir: Path, stop: threading.Event) -> bool:
    deadline = time.monotonic() + READY_WITHIN_S
    waiting = list(everything)
    while waiting and not stop.is_set():
        waiting = [part for part in waiting if not part.is_ready()]
        _watch(everything, log_dir)
        if waiting and time.monotonic() > deadline:
            names = ", ".join(part.name for part in waiting)
            print(f"Not ready in time: {names}. See {log_dir}.", file=sys.stderr)
            return False
        stop.wait(0.2)
    return not waiting


def _watch(everything: list[Part], log_dir: Path) -> None:
    """See who died, say so, and restart after a pause that grows with repeated failures."""
    now = time.monotonic()
    for part in everything:
        bound_log(log_dir / f"{part.name}.log")
        process = part.process
        if process is not None and process.poll() is not None:
            part.end(signal.SIGKILL)
            part.failures = 1 if now - part.started_at > SETTLED_S else part.failures + 1
            pause = BACKOFF_S[min(part.failures, len(BACKOFF_S)) - 1]
            print(f"{part.name} ended (status {process.returncode}); starting it again in "
                  f"{pause:g} s, log: {log_dir / part.name}.log", file=sys.stderr, flush=True)  # fmt: skip
            part.process, part.retry_at = None, now + pause
        elif process is not None and part.is_outdated():
            print(f"{part.name} starts anew: another model was put in place", flush=True)
            part.end(signal.SIGTERM)
            part.take_note()
        elif process is None and now >= part.retry_at:
            part.start(log_dir)
            print(f"{part.name} started again", file=sys.stderr, flush=True)


def _end_all(everything: list[Part]) -> None:
    for part in everything:
        part.end(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_S
    for part in everything:
        if part.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.1, deadline - time.monotonic()))
        part.end(signal.SIGKILL)


def _say_addresses(settings: Settings) -> None:
    local = f"http://{_reachable(settings.host)}:{settings.port}"
    print(f"\nready\n  kiosk   {local}/\n  status  {local}/status\n  desk    {local}/desk")
    first = settings.data_dir / "first-officers.txt"
    if first.exists():
        print(f"  staff accounts and first passwords: {first}")
    if settings.public_url_is_loopback:
        print(f"  note: the QR code opens {settings.public_url}, which no phone can reach; "
              "set KIOSK_PUBLIC_URL to an address that phones reach.")  # fmt: skip
    print("  ctrl-C ends everything", flush=True)


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound


def _port_taken(url: str) -> bool:
    host, _, port = url.split("/")[2].partition(":")
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, int(port))) == 0


if __name__ == "__main__":
    raise SystemExit(run())
