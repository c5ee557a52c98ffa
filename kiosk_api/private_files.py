"""Everything under the data folder is for the service's user only; logs are bounded.

Standard library only: the supervisor uses it too.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import stat
from pathlib import Path
from typing import BinaryIO, cast

LOG_MOST = 5 * 1024 * 1024  # bytes of one log; one older part of it is kept beside
OTHERS = 0o077


def make_private(folder: Path) -> None:
    """New files are private from now on, those that are there already become so.

    A folder that is shared on purpose (sticky, as /tmp is) or belongs to somebody else is left.
    """
    os.umask(OTHERS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # memory holds what people say
    folder.mkdir(parents=True, exist_ok=True)
    about = folder.stat()
    if about.st_uid != os.getuid() or about.st_mode & stat.S_ISVTX:
        return
    _close(folder)
    for top, folders, files in os.walk(folder):
        for name in (*folders, *files):
            _close(Path(top) / name)


def open_log(path: Path, mode: str = "ab") -> BinaryIO:
    """A log file for a child's output; what an earlier run left is bounded first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    bound_log(path)
    opened = open(os.open(path, _FLAGS[mode], 0o600), mode)  # noqa: SIM115 - the caller closes
    return cast(BinaryIO, opened)


def bound_log(path: Path) -> None:
    """Move a log that has grown too long to `.1` and begin again, under the writer's feet.

    The writer appends, so its next line stands at the new end; lines written within the copy
    may be lost, which a log can bear and a full disk cannot.
    """
    try:
        if path.stat().st_size <= LOG_MOST:
            return
    except FileNotFoundError:
        return
    older = path.with_name(path.name + ".1")
    with contextlib.suppress(OSError):
        shutil.copyfile(path, older)
        _close(older)
    with contextlib.suppress(OSError):
        os.truncate(path, 0)


_FLAGS = {
    "ab": os.O_WRONLY | os.O_CREAT | os.O_APPEND,
    "wb": os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
}


def _close(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_symlink():
            return
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)
