"""Notices changed source files by their modification times. Standard library only.

The tree is small (a few hundred files), so one walk takes a few milliseconds: a poll needs no dependency
and works on every file system.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CODE = frozenset({".py"})
CODE_AND_FILES = frozenset({".py", ".json", ".css", ".js", ".txt"})  # templates reload by themselves
POLL_EVERY_S = 0.5
MOST_FILES = 20_000  # a walk stops here, so that a wrong folder cannot stall the supervisor


@dataclass
class SourceTree:
    """The files below `folders` that have one of `suffixes`, without the folders in `leave_out`."""

    folders: tuple[Path, ...]
    suffixes: frozenset[str] = CODE
    leave_out: tuple[Path, ...] = ()
    clock: Callable[[], float] = time.monotonic
    changed: str = ""  # the file that the latest change was seen in
    _version: int = 0
    _next_poll: float = 0.0
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def version(self) -> int:
        """A number that grows with each change; reads the disk at most twice a second."""
        now = self.clock()
        if now < self._next_poll:
            return self._version
        self._next_poll = now + POLL_EVERY_S
        found = dict(self._walk())
        if found != self._seen:
            different = [path for path in {**found, **self._seen} if found.get(path) != self._seen.get(path)]
            self.changed = min(different)
            self._seen = found
            self._version += 1
        return self._version

    def _walk(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """(path, (modification time in ns, bytes)) of each file."""
        count = 0
        for top in self.folders:
            for folder, folders, names in os.walk(top):
                here = Path(folder)
                folders[:] = [one for one in folders if one != "__pycache__" and here / one not in self.leave_out]
                for name in names:
                    if os.path.splitext(name)[1] not in self.suffixes:
                        continue
                    count += 1
                    if count > MOST_FILES:
                        return
                    try:
                        about = os.stat(here / name)
                    except OSError:  # an editor has just replaced it; the next poll sees the new one
                        continue
                    yield str(here / name), (about.st_mtime_ns, about.st_size)
