"""One process that is kept alive: started, asked whether it answers, followed by its spare.

Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from kiosk_api.standby import BEAT_FD, TURN_FD, WAITING

PR_SET_PDEATHSIG = 1  # Linux, prctl(2)
_LIBC = ctypes.CDLL(None)  # loaded here: between fork and exec nothing may be loaded
LOOK_EVERY_S = 2.0
ANSWER_WITHIN_S = 5.0
MISSES = 4            # looks without an answer, one after the other, until it counts as hung
SILENT_S = 60.0       # the longest that one round of a loop without a door may take
START_S = 300.0       # until the first answer; a busy machine loads slowly


@dataclass
class Running:
    """One start of a process."""

    process: subprocess.Popen[bytes]
    started_at: float
    turn: int | None = None  # where a spare is told that it is its turn
    pulse: int | None = None  # where a process without a door tells that it lives
    look: Future[bool] | None = None
    looked_at: float = 0.0
    misses: int = 0
    ready_at: float | None = None
    heard_at: float = 0.0
    hung: bool = False

    @classmethod
    def start(cls, command: list[str], root: Path, env: dict[str, str], log: Path, *,
              spare: bool, beats: bool, keep: tuple[int, ...]) -> Running:  # fmt: skip
        """Start in a process group of its own, so that all of it can be ended."""
        turn = pulse = None
        given: list[int] = list(keep)
        env = {**os.environ, **env}
        if spare:
            theirs, turn = os.pipe()
            given.append(theirs)
            env[TURN_FD] = str(theirs)
        if beats:
            pulse, ours = os.pipe()
            os.set_blocking(pulse, False)
            os.set_blocking(ours, False)
            given.append(ours)
            env[BEAT_FD] = str(ours)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.fchmod(descriptor, 0o600)  # also a log that an earlier version made
            process = subprocess.Popen(
                command, cwd=root, env=env, stdout=descriptor, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=end_with_parent,
                pass_fds=given,
            )  # fmt: skip
        finally:
            os.close(descriptor)
            for number in given[len(keep):]:
                os.close(number)
        return cls(process, time.monotonic(), turn, pulse)

    def is_loaded(self) -> bool:
        """Whether a spare has everything loaded and waits for its turn."""
        try:
            name = Path(f"/proc/{self.process.pid}/comm").read_text(encoding="utf-8")
        except OSError:
            return False
        return name.strip() == WAITING

    def take_turn(self) -> None:
        """Its turn, now or as soon as it has loaded."""
        if self.turn is not None:
            with contextlib.suppress(OSError):
                os.write(self.turn, b"!")
            os.close(self.turn)
            self.turn = None
        self.started_at = time.monotonic()

    def hears(self) -> bool:
        """Whether a beat has come since the last time."""
        if self.pulse is None:
            return False
        with contextlib.suppress(BlockingIOError):
            return bool(os.read(self.pulse, 4096))
        return False

    def end(self, number: signal.Signals) -> None:
        """Signal the whole group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def close(self) -> None:
        """After its death: what we held of it."""
        for number in (self.turn, self.pulse):
            if number is not None:
                os.close(number)
        self.turn = self.pulse = None


@dataclass
class Part:
    """One of the processes: how to start it and how to know that it lives."""

    name: str
    command: list[str]
    ready_url: str | None
    env: dict[str, str] = field(default_factory=dict)
    follows: Path | None = None  # a file whose change means: start again with what it names
    spared: bool = False         # a second one is kept loaded, for when this one goes
    beats: bool = False          # tells by a pulse that it lives, in place of an address
    keep: tuple[int, ...] = ()   # open files that it takes over
    root: Path = Path(__file__).resolve().parent.parent
    active: Running | None = None
    spare: Running | None = None
    failures: int = 0
    retry_at: float = 0.0
    spare_failures: int = 0
    spare_at: float = 0.0
    read_at: float = 0.0
    replacing: bool = False

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The one that serves."""
        return self.active.process if self.active else None

    def start(self, log_dir: Path) -> None:
        """The spare's turn; without one, a fresh start."""
        if self.spare is not None and self.spare.process.poll() is None:
            self.active, self.spare = self.spare, None
            self.active.take_turn()
            return
        self.take_note()
        self.active = self._start(log_dir, spare=False)

    def start_spare(self, log_dir: Path) -> None:
        """Load a second one, which waits."""
        self.spare = self._start(log_dir, spare=True)

    def _start(self, log_dir: Path, spare: bool) -> Running:
        return Running.start(self.command, self.root, self.env, log_dir / f"{self.name}.log",
                             spare=spare, beats=self.beats, keep=self.keep)  # fmt: skip

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
        if one.hears() or not self.beats:
            one.heard_at, one.ready_at = now, one.ready_at or now
        since = one.heard_at or one.started_at
        one.hung = self.beats and now - since > (SILENT_S if one.heard_at else START_S)

    def take_note(self) -> None:
        """What the followed file says now is known."""
        self.read_at = self._changed_at()

    def is_outdated(self) -> bool:
        """Whether the file it follows has changed since it was started."""
        return self._changed_at() != self.read_at

    def _changed_at(self) -> float:
        return self.follows.stat().st_mtime if self.follows and self.follows.exists() else 0.0

    def end(self, number: signal.Signals) -> None:
        """Signal everything of this part."""
        for one in (self.active, self.spare):
            if one is not None:
                one.end(number)


def answers(url: str, with_words: str = "") -> bool:
    """Whether an address answers 200 in time, and with these words."""
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_WITHIN_S) as answer:  # noqa: S310 - http
            return answer.status == 200 and (
                not with_words or with_words.encode() in answer.read()
            )
    except (urllib.error.URLError, OSError, ValueError):
        return False


def end_with_parent() -> None:
    """In the child: ask Linux for SIGTERM should the supervisor itself be killed outright."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
