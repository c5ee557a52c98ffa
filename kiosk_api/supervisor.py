"""Starts every process, watches them, restarts a process that dies or hangs, ends them all.

For each part, a warm process has loaded everything but serves no request. It forks the process that
serves, and another one as soon as that has ended. The API's listening socket is kept here, so that
connections wait in its queue during a restart and are not refused. Standard library only. The output of
each part goes to its own log file under the data folder. See
handbook/developers/decisions/0014-warm-processes.md.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from kiosk_api.config import Settings
from kiosk_api.private_files import bound_log, make_private, open_log
from kiosk_api.programs import ROOT, parts, reachable
from kiosk_api.reloading import NOTE, error_of, is_loopback, reload_on_change
from kiosk_api.standby import end_with_parent, listening_socket
from kiosk_api.supervised import Part, Running, Warm, adopt_orphans, answers, reap_others

READY_WITHIN_S = 120.0
BACKOFF_S = (1.0, 2.0, 5.0, 15.0, 30.0)  # for a process that dies by itself soon after its start
GRACE_S = 8.0
SETTLED_S = 10.0  # a process that served this long did not fail while starting
LOOP_S = 0.1
FIRST_TURN_S = 10.0


def run(reload: bool = False) -> int:
    """Start everything and keep it running until SIGINT or SIGTERM; returns the exit status.

    With `reload` (`make dev`) a changed source file is loaded, on a loopback address only.
    """
    settings = Settings.from_env()
    if reload and not is_loopback(settings.host):
        print(
            f"Reloading is for development on this machine only, not for KIOSK_HOST={settings.host}.", file=sys.stderr
        )
        return 2
    log_dir = settings.data_dir / "log"
    make_private(settings.data_dir)
    log_dir.mkdir(parents=True, exist_ok=True)
    try:
        api_socket = listening_socket(settings.host, settings.port)
    except OSError:
        return _print_ports_in_use(["api"])
    everything = parts(settings, api_socket)
    if reload:
        reload_on_change(everything, ROOT)
    busy = [part.name for part in everything[1:] if part.ready_url and _port_taken(part.ready_url)]
    if busy:
        return _print_ports_in_use(busy)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    adopt_orphans()
    if not _prepare(settings, log_dir, stop):
        return 0 if stop.is_set() else 1
    with ThreadPoolExecutor(len(everything), "check") as executor:
        try:
            print("starting", ", ".join(part.name for part in everything), flush=True)
            if not _wait_until_ready(everything, log_dir, stop, executor):
                return 0 if stop.is_set() else 1
            _wait_for_the_bot(settings, stop)
            _print_addresses(settings, NOTE if reload else "")
            while not stop.wait(LOOP_S):
                _watch(everything, log_dir, executor)
        finally:
            api_socket.close()
            _end_all(everything)
    return 0


def _print_ports_in_use(busy: list[str]) -> int:
    print(f"Already in use: the port of {', '.join(busy)}. Stop that program or set another "
          "KIOSK_PORT, RASA_PORT, ACTIONS_PORT or VOICE_PORT.", file=sys.stderr)  # fmt: skip
    return 1


def _prepare(settings: Settings, log_dir: Path, stop: threading.Event) -> bool:
    """Migrate the store, and train when the content of bot/ or nlu_data/ has changed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false"}
    for name, saying, command in (
        ("migrate", "migrating the store",
         [sys.executable, "-m", "kiosk_api.cli", "migrate"]),
        ("train", "checking the assistant; training takes about two minutes",
         [str(ROOT / ".venv/bot/bin/python"), "-m", "bot.train", "--out", "var/models"]),
    ):  # fmt: skip
        print(saying, flush=True)
        with open_log(log_dir / f"{name}.log", "wb") as log:
            running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log,
                                       stderr=subprocess.STDOUT, preexec_fn=end_with_parent)  # fmt: skip
        while running.poll() is None and not stop.wait(0.1):
            pass
        if stop.is_set():
            running.terminate()
            running.wait()
            return False
        if running.returncode != 0:
            output = (log_dir / f"{name}.log").read_text(encoding="utf-8", errors="replace")
            print(f"Failed: {saying}. {output[-2000:].strip()}\nLog: {log_dir / name}.log", file=sys.stderr)
            return False
    free = shutil.disk_usage(settings.data_dir).free
    if free < 200 * 1024 * 1024:
        print("Warning: less than 200 MB of disk space is left.", file=sys.stderr)
    return True


def _wait_until_ready(everything: list[Part], log_dir: Path, stop: threading.Event,
                      executor: Executor) -> bool:  # fmt: skip
    deadline = time.monotonic() + READY_WITHIN_S
    while not stop.wait(LOOP_S):
        _watch(everything, log_dir, executor)
        waiting = [part.name for part in everything if part.is_needed and not part.is_ready()]
        if not waiting:
            return True
        if time.monotonic() > deadline:
            print(f"Not ready in time: {', '.join(waiting)}. See {log_dir}.", file=sys.stderr)
            return False
    return False


def _wait_for_the_bot(settings: Settings, stop: threading.Event) -> None:
    """Wait until the bot has answered the API once, at most FIRST_TURN_S seconds."""
    url = f"http://{reachable(settings.host)}:{settings.port}/readyz"
    deadline = time.monotonic() + FIRST_TURN_S
    while not answers(url, '"bot":"ok"') and time.monotonic() < deadline:
        if stop.wait(0.2):
            return


def _watch(everything: list[Part], log_dir: Path, executor: Executor) -> None:
    """Find processes that died or hang, log it, and replace them."""
    now = time.monotonic()
    for part in everything:
        bound_log(log_dir / f"{part.name}.log")
        part.check(executor)
        one = part.active
        if one is not None and one.poll() is not None:
            _replace_ended(part, one, now)
        elif one is not None and one.hung:
            print(f"{part.name} does not answer any more", file=sys.stderr, flush=True)
            one.end(signal.SIGKILL)
        _keep_warm(part, log_dir, now)
        may = part.warm is not None and part.warm.is_loaded() and now >= part.retry_at
        if part.active is None and may and part.start() and part.retry_at:
            print(f"{part.name} started again", file=sys.stderr, flush=True)
    reap_others(_watched_pids(everything))


def _replace_ended(part: Part, one: Running, now: float) -> None:
    """Allow a successor: at once if it had served or was killed, after a pause if it failed while starting."""
    one.end(signal.SIGKILL)  # the rest of its process group
    part.active = None
    if one.replaced:
        part.failures, part.retry_at = 0, now
        return
    killed = one.status in (-signal.SIGKILL, -signal.SIGTERM)
    settled = one.ready_at is not None and now - one.ready_at > SETTLED_S
    pause = _pause(part, killed or settled)
    part.retry_at = now + pause
    print(f"{part.name} ended (status {one.status}); starting it again in {pause:g} s", file=sys.stderr,
          flush=True)  # fmt: skip


def _pause(part: Part, innocent: bool) -> float:
    """Seconds to wait before the next try."""
    part.failures = 0 if innocent else part.failures + 1
    return BACKOFF_S[min(part.failures, len(BACKOFF_S)) - 1] if part.failures else 0.0


def _keep_warm(part: Part, log_dir: Path, now: float) -> None:
    """Keep one warm process per part; a second one while a new model or new code is loaded beside it."""
    if part.warm is not None and _has_ended(part.warm):
        status = part.warm.process.returncode
        pause = _pause(part, part.warm.was_loaded or status in (-signal.SIGKILL, -signal.SIGTERM))
        part.warm, part.load_at = None, now + (pause or BACKOFF_S[0])
        print(f"{part.name}: its warm process ended (status {status}); loading it again in "
              f"{pause or BACKOFF_S[0]:g} s, log: {log_dir / part.name}.log", *_because(part),
              sep="\n", file=sys.stderr, flush=True)  # fmt: skip
    if part.warm is None and now >= part.load_at:
        part.note_versions()
        part.warm = part.load(log_dir)
    elif part.is_outdated():
        print(f"{part.name} loads {part.what_changed()}", flush=True)
        part.note_versions()
        if part.next_warm is not None:
            part.next_warm.end()
            part.next_warm.close()
        part.next_warm = part.load(log_dir)
    elif part.next_warm is not None and _has_ended(part.next_warm):
        part.next_warm = None
        print(f"{part.name}: the change cannot be loaded; the process that serves goes on. "
              f"Log: {log_dir / part.name}.log", *_because(part), sep="\n", file=sys.stderr, flush=True)  # fmt: skip
    elif part.next_warm is not None and part.next_warm.is_loaded():
        if part.warm is not None:
            part.warm.end()
            part.warm.close()
        part.warm, part.next_warm = part.next_warm, None
        if part.active is not None:
            part.active.replaced = True
            part.active.end(signal.SIGTERM)


def _because(part: Part) -> list[str]:
    """The error of loading its code, as lines to print; none when the code can be loaded."""
    error = error_of(part)
    return [error] if error else []


def _has_ended(warm: Warm) -> bool:
    """Whether it has died; if so, its resources are released."""
    if warm.process.poll() is None:
        warm.is_loaded()
        return False
    warm.close()
    return True


def _watched_pids(everything: list[Part]) -> set[int]:
    """The process ids whose end is waited for one by one."""
    known = {part.active.pid for part in everything if part.active is not None}
    return known | {warm.process.pid for part in everything for warm in (part.warm, part.next_warm) if warm is not None}


def _end_all(everything: list[Part]) -> None:
    for part in everything:
        if part.active is not None:
            part.active.end(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_S
    serving = [part.active for part in everything if part.active is not None]
    while any(one.poll() is None for one in serving) and time.monotonic() < deadline:
        time.sleep(LOOP_S / 2)
    for part in everything:
        part.close()


def _print_addresses(settings: Settings, note: str) -> None:
    local = f"http://{reachable(settings.host)}:{settings.port}"
    print(f"\nready\n  kiosk   {local}/\n  status  {local}/status\n  desk    {local}/desk")
    first = settings.data_dir / "first-officers.txt"
    if first.exists():
        print(f"  staff accounts and first passwords: {first}")
    if settings.public_url_is_loopback:
        print(f"  note: the QR code opens {settings.public_url}, which no phone can reach; "
              "set KIOSK_PUBLIC_URL to an address that phones reach.")  # fmt: skip
    print(*filter(None, (note, "  ctrl-C ends everything")), sep="\n", flush=True)


def _port_taken(url: str) -> bool:
    host, _, port = url.split("/")[2].partition(":")
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, int(port))) == 0


if __name__ == "__main__":
    raise SystemExit(run())
