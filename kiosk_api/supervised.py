"""One process that is kept alive: made by a warm one, asked whether it answers.

A warm process has everything loaded and serves nobody. It makes the one that serves, and the next
one as soon as that has gone. Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from kiosk_api.source_tree import SourceTree
from kiosk_api.standby import BEAT_FD, ORDERS_FD, WARM, end_with_parent

PR_SET_CHILD_SUBREAPER = 36  # Linux, prctl(2)
_LIBC = ctypes.CDLL(None)
LOOK_EVERY_S = 2.0
ANSWER_WITHIN_S = 5.0
MAKES_WITHIN_S = 5.0  # the longest that a warm process may take to make another
MISSES = 4  # looks without an answer, one after the other, until it counts as hung
SILENT_S = 60.0  # the longest that one round of a loop without a door may take
START_S = 300.0  # until the first answer; a busy machine loads slowly


def adopt_orphans() -> None:
    """Processes whose parent has gone become children of this one; raises OSError elsewhere than on Linux."""
    if _LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1) != 0:
        raise OSError("prctl(PR_SET_CHILD_SUBREAPER) failed")


@dataclass
class Running:
    """One process that serves."""

    pid: int
    started_at: float
    look: Future[bool] | None = None
    looked_at: float = 0.0
    misses: int = 0
    ready_at: float | None = None
    heard_at: float = 0.0
    hung: bool = False
    replaced: bool = False  # it ends because another has been loaded in its place
    status: int | None = None  # its exit status, below zero the number of a signal

    def poll(self) -> int | None:
        """Its status once it has ended."""
        if self.status is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def end(self, number: signal.Signals) -> None:
        """Signal the whole group, and itself before it has one."""
        for send in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                send(self.pid, number)


@dataclass
class Warm:
    """A process that has loaded everything, or is about to."""

    process: subprocess.Popen[bytes]
    orders: socket.socket
    was_loaded: bool = False

    def is_loaded(self) -> bool:
        """Whether it waits for orders."""
        if not self.was_loaded:
            with contextlib.suppress(OSError):
                name = Path(f"/proc/{self.process.pid}/comm").read_text(encoding="utf-8")
                self.was_loaded = name.strip() == WARM
        return self.was_loaded

    def make(self) -> int | None:
        """The number of a new process that serves; None when this one is of no use any more."""
        try:
            self.orders.send(b"!")
            return int(self.orders.recv(20))
        except (OSError, ValueError):
            self.end()
            return None

    def end(self) -> None:
        """At once: it serves nobody."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def close(self) -> None:
        """After its death: what we held of it."""
        self.process.wait()
        self.orders.close()


@dataclass
class Part:
    """One of the processes: how to load it and how to know that it lives."""

    name: str
    command: list[str]
    ready_url: str | None
    env: dict[str, str] = field(default_factory=dict)
    follows: Path | None = None  # a file whose change means: load again what it names
    sources: SourceTree | None = None  # files whose change means: load the code again
    explain: list[str] = field(default_factory=list)  # prints why the code cannot be loaded
    beats: bool = False  # tells by a pulse that it lives, in place of an address
    keep: tuple[int, ...] = ()  # open files that it takes over
    root: Path = Path(__file__).resolve().parent.parent
    active: Running | None = None
    warm: Warm | None = None
    next_warm: Warm | None = None  # loads another model beside
    failures: int = 0
    retry_at: float = 0.0  # when the next one may serve
    load_at: float = 0.0  # when the next one may load
    read: tuple[float, int] = (0.0, 0)  # what `follows` and `sources` were when it was loaded
    pulse: int | None = None
    beats_in: int = -1

    def load(self, log_dir: Path) -> Warm:
        """Start a warm process in a group of its own, so that all of it can be ended."""
        ours, theirs = socket.socketpair()
        ours.settimeout(MAKES_WITHIN_S)
        given = [*self.keep, theirs.fileno()]
        env = {**self.environment(), ORDERS_FD: str(theirs.fileno())}
        if self.beats:
            env[BEAT_FD] = str(self._pulse_end())
            given.append(self._pulse_end())
        log = os.open(log_dir / f"{self.name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.fchmod(log, 0o600)  # also a log that an earlier version made
            process = subprocess.Popen(
                self.command, cwd=self.root, env=env, stdout=log, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=end_with_parent,
                pass_fds=given,
            )  # fmt: skip
        finally:
            os.close(log)
            theirs.close()
        return Warm(process, ours)

    def start(self) -> bool:
        """Let the warm one make the one that serves; False when it could not."""
        made = self.warm.make() if self.warm is not None else None
        if made is not None:
            self.active = Running(made, time.monotonic())
        return made is not None

    def is_ready(self) -> bool:
        """Whether the one that serves has answered."""
        return self.active is not None and self.active.ready_at is not None

    def look(self, aside: Executor) -> None:
        """Note what the latest look has found and begin the next one; never waits."""
        one = self.active
        if one is None or one.hung:
            return
        now = time.monotonic()
        if self.ready_url is None:
            self._feel_pulse(one, now)
            return
        if one.look is not None and one.look.done():
            answered = one.look.exception() is None and one.look.result()
            one.look = None
            if answered:
                one.misses, one.ready_at = 0, one.ready_at or now
            elif one.ready_at is not None:
                one.misses += 1
        pause = LOOK_EVERY_S if one.ready_at is not None else 0.2
        if one.look is None and now - one.looked_at >= pause:
            one.looked_at = now
            one.look = aside.submit(answers, self.ready_url)
        late = one.ready_at is None and now - one.started_at > START_S
        one.hung = late or one.misses >= MISSES

    def _feel_pulse(self, one: Running, now: float) -> None:
        if not self.beats or self._hears():
            one.heard_at, one.ready_at = now, one.ready_at or now
        since = one.heard_at or one.started_at
        one.hung = self.beats and now - since > (SILENT_S if one.heard_at else START_S)

    def _hears(self) -> bool:
        """Whether a beat has come since the last time."""
        with contextlib.suppress(BlockingIOError):
            return self.pulse is not None and bool(os.read(self.pulse, 4096))
        return False

    def _pulse_end(self) -> int:
        """Where the processes of this part write their beats, one after the other."""
        if self.pulse is None:
            self.pulse, self.beats_in = os.pipe()
            os.set_blocking(self.pulse, False)
            os.set_blocking(self.beats_in, False)
        return self.beats_in

    def environment(self) -> dict[str, str]:
        """The variables that its processes start with."""
        return {**os.environ, **self.env}

    def take_note(self) -> None:
        """What the followed files hold now is known."""
        self.read = self._version()

    def is_outdated(self) -> bool:
        """Whether a file that it follows has changed since it was loaded."""
        return self._version() != self.read

    def what_changed(self) -> str:
        """Says what it loads now, for the person who watches."""
        if self.sources is not None and self._version()[1] != self.read[1]:
            return f"the change of {os.path.relpath(self.sources.changed, self.root)}"
        return "another model that was put in place"

    def _version(self) -> tuple[float, int]:
        """The model's modification time and the number of changes of the code."""
        model = self.follows.stat().st_mtime if self.follows and self.follows.exists() else 0.0
        return model, self.sources.version() if self.sources is not None else 0

    def close(self) -> None:
        """Kill what is left of this part and give back what was held of it."""
        for warm in (self.warm, self.next_warm):
            if warm is not None:
                warm.end()
                warm.close()
        if self.active is not None:
            self.active.end(signal.SIGKILL)
            if self.active.status is None:
                os.waitpid(self.active.pid, 0)
        if self.pulse is not None:
            os.close(self.pulse)
            os.close(self.beats_in)
        self.warm = self.next_warm = self.active = self.pulse = None


def answers(url: str, with_words: str = "") -> bool:
    """Whether an address answers 200 in time, and with these words."""
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310 - http
            return answer.status == 200 and (not with_words or with_words.encode() in answer.read())
    except (urllib.error.URLError, OSError, ValueError):
        return False


def reap_others(known: set[int]) -> None:
    """Adopted processes that have ended and that nobody asks after."""
    with contextlib.suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if ended.si_pid in known:
                return  # it is asked after in this round or the next
            os.waitpid(ended.si_pid, 0)
