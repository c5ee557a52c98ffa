"""One line of progress with what is left, and a private log for what programs say meanwhile.

Only the standard library: `.ci/steps.py` uses it before any environment is there.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

END_LINES = 30
_REWRITE = "\r\x1b[2K"


class Progress:
    """`[2/5] matters … about 40 s left`: rewritten on a terminal, once a step elsewhere.

    `steps` are names with the seconds each usually takes; what the last run took is kept in
    `times` and believed rather. Call `tick` now and then; `beat` does so each second. Where lines
    cannot be rewritten, a step is said once it has run for `worth_s`.
    """

    def __init__(
        self,
        steps: Mapping[str, float],
        out: TextIO,
        times: Path,
        clock: Callable[[], float] = time.monotonic,
        worth_s: float = 0.0,
    ) -> None:
        self._worth_s = worth_s
        self._names = list(steps)
        self._times = times
        self._last_run = _read(times)
        self._usual = {name: self._last_run.get(name, usual) for name, usual in steps.items()}
        self._out = out
        self._rewrites = out.isatty()
        self._clock = clock
        self._first = self._since = clock()
        self._name: str | None = None
        self._said: str | None = None
        self._took: dict[str, float] = {}
        self._lock = threading.RLock()

    def begin(self, name: str) -> None:
        """`name` runs from now on, what ran before is done."""
        with self._lock:
            self._close()
            self._name, self._since = name, self._clock()
            self.tick()

    def tick(self) -> None:
        """Bring the line up to date."""
        with self._lock:
            if self._name is None:
                return
            line = f"{self.place()} … {self.left()}"
            if self._rewrites:
                width = shutil.get_terminal_size().columns
                self._out.write(_REWRITE + line[: width - 1])
            elif self._said != self._name and self._clock() - self._since >= self._worth_s:
                self._out.write(line + "\n")
                self._said = self._name
            self._out.flush()

    def place(self) -> str:
        """`[2/5] matters`."""
        assert self._name is not None
        return f"[{self._names.index(self._name) + 1}/{len(self._names)}] {self._name}"

    def left(self) -> str:
        """How long it goes on, in words."""
        assert self._name is not None
        at = self._names.index(self._name)
        here = max(0.0, self._usual[self._name] - (self._clock() - self._since))
        seconds = here + sum(self._usual[name] for name in self._names[at + 1 :])
        if seconds < 1:
            return "a little longer"
        if seconds < 90:
            return f"about {max(5, round(seconds / 5) * 5)} s left"
        return f"about {round(seconds / 60)} min left"

    def done(self) -> float:
        """All steps are through: the line goes, durations are kept; seconds since the start."""
        with self._lock:
            self._close()
            self.clear()
            self._times.parent.mkdir(parents=True, exist_ok=True)
            kept = {**self._last_run, **{name: round(took, 1) for name, took in self._took.items()}}
            self._times.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
            return self._clock() - self._first

    def clear(self) -> None:
        """Take the line away, so that other words have room."""
        if self._rewrites:
            self._out.write(_REWRITE)
            self._out.flush()

    def _close(self) -> None:
        if self._name is not None:
            self._took[self._name] = self._clock() - self._since
        self._name = None

    @contextmanager
    def beat(self, every_s: float = 1.0) -> Iterator[None]:
        """Ticks from a thread of its own, for work that cannot call `tick` itself."""
        over = threading.Event()

        def go() -> None:
            while not over.wait(every_s):
                self.tick()

        thread = threading.Thread(target=go, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _read(times: Path) -> dict[str, float]:
    """What the last run took; nothing when the file is missing or broken."""
    try:
        kept = json.loads(times.read_text(encoding="utf-8"))
        return {str(name): float(took) for name, took in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def private_log(path: Path) -> BinaryIO:
    """An empty file that only its owner reads; what was in it before goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(number, 0o600)  # it may have been there with other rights
    return os.fdopen(number, "wb")


def end_of(path: Path, lines: int = END_LINES) -> str:
    """The last lines of a log, each progress bar as it looked at the end."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as log:
        return "".join(line.rstrip().rsplit("\r", 1)[-1] + "\n" for line in deque(log, lines))
