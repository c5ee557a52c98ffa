"""One loaded API, forked again after each death, and a crowd that hands in petitions all the while."""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk_api.gateways.calendar_seed import seed_calendar
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from kiosk_api.standby import LISTEN_FD, ORDERS_FD
from tests.factories import START, build_context, petition, settings
from tests.faults.points import PATH, Plan
from tests.faults.served import PLAN, WARM_KEY
from tests.ports import reserved
from tests.stack import ROOT

WARM = "warmed-up-before-the-first-fork"
GIVE_UP_S = 120.0
_SUBREAPER = 36  # prctl(2): orphans come to this process


@dataclass
class Server:
    """The loaded process and the one that serves now."""

    folder: Path
    port: int
    orders: socket.socket
    warm: subprocess.Popen[bytes]
    pid: int = 0

    @property
    def plan(self) -> Path:
        return self.folder / "plan.json"

    def fork(self, plan: Plan) -> int:
        """A new process with this plan; returns its id."""
        plan.write(self.plan)
        self.orders.send(b"!")
        self.pid = int(self.orders.recv(20))
        return self.pid

    def wait_for_end(self, timeout_s: float = GIVE_UP_S) -> bool:
        """Wait until the serving process is dead; False when it is not by then."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        try:
            waiter = select.poll()
            waiter.register(handle, select.POLLIN)
            if not waiter.poll(timeout_s * 1000):
                return False
        finally:
            os.close(handle)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        return True

    def end(self, number: int = signal.SIGKILL) -> None:
        """End the serving process."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
        assert self.wait_for_end()


@contextmanager
def server(folder: Path, url: str | None = None, **env: str) -> Iterator[Server]:
    """An API over the migrated store at `url` (a SQLite file in `folder` by default), loaded and not yet serving.
    The calling process becomes the parent of its orphans: call it in a process of its own."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    database = url or f"sqlite:///{folder / 'kiosk.db'}"
    prepare(folder, database)
    with ExitStack() as held:
        ours, theirs = socket.socketpair()
        door = held.enter_context(socket.create_server(("127.0.0.1", 0), backlog=1024))
        away = held.enter_context(reserved("RASA_PORT"))
        Plan().write(folder / "plan.json")
        warm = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.served"], cwd=ROOT, pass_fds=(door.fileno(), theirs.fileno()),
            stdout=subprocess.DEVNULL, stderr=(folder / "api.log").open("ab"),
            env={**os.environ, "PYTHONPATH": str(ROOT), "KIOSK_DATA_DIR": str(folder), "KIOSK_DATABASE_URL": database,
                 "KIOSK_RATE_LIMITS": "off", "RASA_PORT": str(away["RASA_PORT"]), LISTEN_FD: str(door.fileno()),
                 ORDERS_FD: str(theirs.fileno()), PLAN: str(folder / "plan.json"), WARM_KEY: WARM, **env},
        )  # fmt: skip
        theirs.close()
        running = Server(folder, int(door.getsockname()[1]), ours, warm)
        held.callback(warm.wait, GIVE_UP_S)
        held.callback(warm.kill)
        held.callback(ours.close)
        try:
            yield running
        finally:
            if running.pid:
                with suppress(ProcessLookupError):
                    os.kill(running.pid, signal.SIGKILL)
                running.wait_for_end()


def prepare(folder: Path, url: str) -> None:
    """Make the store, with its calendar."""
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
    ctx = build_context(settings(folder, KIOSK_DATABASE_URL=url))
    with ctx.store.write() as records:
        seed_calendar(records, START)
    ctx.store.close()


@dataclass
class Crowd:
    """Clients that hand in petitions, each under a key of its own; a lost answer is asked for again, or not."""

    port: int
    clients: int = 8
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)  # no answer, or one that says nobody knows
    refused: set[str] = field(default_factory=set)  # told that nothing was stored
    said: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # answers that must never be given

    def __enter__(self) -> Crowd:
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(self.clients)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(GIVE_UP_S)

    def _run(self, number: int) -> None:
        chance, client, count = random.Random(number), Client(self.port), 0
        while not self._ended.is_set():
            count += 1
            key = f"crowd-{number}-{count}"
            while not self.hand_in(client, key) and chance.random() < 0.5 and not self._ended.is_set():
                """The same key again."""
        client.close()

    def hand_in(self, client: Client, key: str) -> bool:
        """One try; whether it was answered for good."""
        if key not in self.acknowledged:
            self.unknown.add(key)  # before it is sent: from now on it may be stored
        try:
            status, said = client.post(key)
        except (OSError, http.client.HTTPException, ValueError):
            self.said["no answer"] += 1
            return False
        code = "201" if status == 201 else str(said.get("code"))
        self.said[code] += 1
        if status == 201:
            self.unknown.discard(key)
            if self.acknowledged.setdefault(key, said) != said:
                self.wrong.append(f"{key}: a second answer differs")
            return True
        if status != 503 or not client.retry_after:
            self.wrong.append(f"{status} {code} without a time to come back")
        if code in ("store_busy", "store_full", "busy"):
            return False  # nothing was stored by this try; an earlier one may have been
        if code != "outcome_unknown":
            self.wrong.append(f"{status} {code}")
        return False


class Client:
    """A person's connection, opened again when it is lost."""

    def __init__(self, port: int, timeout_s: float = GIVE_UP_S) -> None:
        self._at, self.retry_after = ("127.0.0.1", port, timeout_s), ""
        self._connection = self._new()

    def post(self, key: str) -> tuple[int, dict[str, Any]]:
        """(status, body); raises OSError, HTTPException or ValueError when no whole answer came."""
        try:
            self._connection.request("POST", PATH, body_of(key),
                                     {"Idempotency-Key": key, "Content-Type": "application/json"})  # fmt: skip
            answer = self._connection.getresponse()
            self.retry_after = answer.headers.get("Retry-After", "")
            return answer.status, json.loads(answer.read())
        except Exception:
            self.close()
            self._connection = self._new()
            raise

    def close(self) -> None:
        self._connection.close()

    def _new(self) -> http.client.HTTPConnection:
        host, port, timeout_s = self._at
        return http.client.HTTPConnection(host, port, timeout=timeout_s)


def body_of(key: str) -> bytes:
    """One person's petition; the same for the same key."""
    number = random.Random(key).randrange(10**8)
    made = petition() if key == WARM else petition(
        petitioner={**petition()["petitioner"], "phone": f"139{number:08d}"}
    )  # fmt: skip
    return json.dumps(made, ensure_ascii=False).encode()


def until(condition: Any, what: str, timeout_s: float = GIVE_UP_S) -> None:
    """Wait for it."""
    ends = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < ends, what
        time.sleep(0.002)
