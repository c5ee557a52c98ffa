"""One process that is kept running: forked by a warm process, checked for answers.

A warm process has loaded everything and serves no request. It forks the process that serves, and the
next one as soon as that has ended. Standard library only.
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
CHECK_EVERY_S = 2.0
ANSWER_WITHIN_S = 5.0
FORK_WITHIN_S = 5.0  # the longest that a warm process may take to fork
MISSES = 4  # checks in a row without an answer until it counts as hung
NO_BEAT_S = 60.0  # the longest that one round of the worker's loop may take
START_S = 300.0  # until the first answer; a busy machine loads slowly


def adopt_orphans() -> None:
    """Make orphaned descendants children of this process; raises OSError if this is not Linux."""
    if _LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1) != 0:
        raise OSError("prctl(PR_SET_CHILD_SUBREAPER) failed")


@dataclass
class Running:
    """One process that serves."""

    pid: int
    started_at: float
    pending: Future[bool] | None = None
    checked_at: float = 0.0
    misses: int = 0
    ready_at: float | None = None
    last_beat_at: float = 0.0
    hung: bool = False
    replaced: bool = False  # it ends because another has been loaded in its place
    status: int | None = None  # its exit status, below zero the number of a signal

    def poll(self) -> int | None:
        """Its exit status once it has ended, else None."""
        if self.status is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def end(self, number: signal.Signals) -> None:
        """Signal its process group, and the process itself in case it has no group yet."""
        for send in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                send(self.pid, number)


@dataclass
class Warm:
    """A process that has loaded everything or is loading it."""

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

    def fork(self) -> int | None:
        """Fork a process that serves: its id, or None when this warm process no longer works (it is killed)."""
        try:
            self.orders.send(b"!")
            return int(self.orders.recv(20))
        except (OSError, ValueError):
            self.end()
            return None

    def end(self) -> None:
        """Kill it at once: it serves no request."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Release its resources after its end."""
        self.process.wait()
        self.orders.close()


@dataclass
class Part:
    """One of the supervised programs: how to load it and how to know that it works."""

    name: str
    command: list[str]
    ready_url: str | None
    env: dict[str, str] = field(default_factory=dict)
    follows: Path | None = None  # a file whose change means: load again what it names
    sources: SourceTree | None = None  # files whose change means: load the code again
    explain: list[str] = field(default_factory=list)  # prints why the code cannot be loaded
    beats: bool = False  # it reports that it works by beats on a pipe, because it has no address
    keep: tuple[int, ...] = ()  # open file descriptors that it inherits
    is_needed: bool = True  # an option may be ready later than the rest
    root: Path = Path(__file__).resolve().parent.parent
    active: Running | None = None
    warm: Warm | None = None
    next_warm: Warm | None = None  # loads a new model or new code meanwhile
    failures: int = 0
    retry_at: float = 0.0  # when the next process may be forked
    load_at: float = 0.0  # when the next warm process may be started
    read: tuple[float, int] = (0.0, 0)  # what `follows` and `sources` were when it was loaded
    beat_reader: int | None = None
    beat_writer: int = -1

    def load(self, log_dir: Path) -> Warm:
        """Start a warm process in its own process group, so that all of it can be killed."""
        ours, theirs = socket.socketpair()
        ours.settimeout(FORK_WITHIN_S)
        given = [*self.keep, theirs.fileno()]
        env = {**self.environment(), ORDERS_FD: str(theirs.fileno())}
        if self.beats:
            env[BEAT_FD] = str(self._beat_writer())
            given.append(self._beat_writer())
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
        """Let the warm process fork the one that serves; False when that failed."""
        made = self.warm.fork() if self.warm is not None else None
        if made is not None:
            self.active = Running(made, time.monotonic())
        return made is not None

    def is_ready(self) -> bool:
        """Whether the process that serves has answered."""
        return self.active is not None and self.active.ready_at is not None

    def check(self, executor: Executor) -> None:
        """Record the result of the latest check and start the next one; never waits."""
        one = self.active
        if one is None or one.hung:
            return
        now = time.monotonic()
        if self.ready_url is None:
            self._check_beats(one, now)
            return
        if one.pending is not None and one.pending.done():
            answered = one.pending.exception() is None and one.pending.result()
            one.pending = None
            if answered:
                one.misses, one.ready_at = 0, one.ready_at or now
            elif one.ready_at is not None:
                one.misses += 1
        pause = CHECK_EVERY_S if one.ready_at is not None else 0.2
        if one.pending is None and now - one.checked_at >= pause:
            one.checked_at = now
            one.pending = executor.submit(answers, self.ready_url)
        late = one.ready_at is None and now - one.started_at > START_S
        one.hung = late or one.misses >= MISSES

    def _check_beats(self, one: Running, now: float) -> None:
        if not self.beats or self._read_beats():
            one.last_beat_at, one.ready_at = now, one.ready_at or now
        since = one.last_beat_at or one.started_at
        one.hung = self.beats and now - since > (NO_BEAT_S if one.last_beat_at else START_S)

    def _read_beats(self) -> bool:
        """Whether a beat has arrived since the last call."""
        with contextlib.suppress(BlockingIOError):
            return self.beat_reader is not None and bool(os.read(self.beat_reader, 4096))
        return False

    def _beat_writer(self) -> int:
        """The file descriptor to which the processes of this part write their beats."""
        if self.beat_reader is None:
            self.beat_reader, self.beat_writer = os.pipe()
            os.set_blocking(self.beat_reader, False)
            os.set_blocking(self.beat_writer, False)
        return self.beat_writer

    def environment(self) -> dict[str, str]:
        """The variables that its processes start with."""
        return {**os.environ, **self.env}

    def note_versions(self) -> None:
        """Record the present versions of the followed files."""
        self.read = self._version()

    def is_outdated(self) -> bool:
        """Whether a file that it follows has changed since it was loaded."""
        return self._version() != self.read

    def what_changed(self) -> str:
        """What is being loaded and why, for the console."""
        if self.sources is not None and self._version()[1] != self.read[1]:
            return f"the change of {os.path.relpath(self.sources.changed, self.root)}"
        return "another model that was put in place"

    def _version(self) -> tuple[float, int]:
        """The model's modification time and the number of changes of the code."""
        model = self.follows.stat().st_mtime if self.follows and self.follows.exists() else 0.0
        return model, self.sources.version() if self.sources is not None else 0

    def close(self) -> None:
        """Kill every process of this part and release its resources."""
        for warm in (self.warm, self.next_warm):
            if warm is not None:
                warm.end()
                warm.close()
        if self.active is not None:
            self.active.end(signal.SIGKILL)
            if self.active.status is None:
                os.waitpid(self.active.pid, 0)
        if self.beat_reader is not None:
            os.close(self.beat_reader)
            os.close(self.beat_writer)
        self.warm = self.next_warm = self.active = self.beat_reader = None


def answers(url: str, with_words: str = "") -> bool:
    """Whether `url` answers 200 in time, with `with_words` in the body."""
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310 - http  # nosec B310
            return answer.status == 200 and (not with_words or with_words.encode() in answer.read())
    except (urllib.error.URLError, OSError, ValueError):
        return False


def reap_others(known: set[int]) -> None:
    """Reap adopted processes that have ended, except those in `known`."""
    with contextlib.suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if ended.si_pid in known:
                return  # its owner polls it in this round or the next
            os.waitpid(ended.si_pid, 0)
