"""Makes everything under the data folder readable by the service's user only; bounds logs.

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

LOG_MOST = 5 * 1024 * 1024  # bytes of one log; one older file is kept beside it
OTHERS = 0o077


def make_private(folder: Path) -> None:
    """Make new files private from now on, and existing ones at once.

    A folder that is shared on purpose (sticky, as /tmp is) or belongs to another user is left alone.
    """
    os.umask(OTHERS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # memory holds personal data
    folder.mkdir(parents=True, exist_ok=True)
    status = folder.stat()
    if status.st_uid != os.getuid() or status.st_mode & stat.S_ISVTX:
        return
    _make_private_file(folder)
    for top, folders, files in os.walk(folder):
        for name in (*folders, *files):
            _make_private_file(Path(top) / name)


def open_log(path: Path, mode: str = "ab") -> BinaryIO:
    """Open a log file for a child's output, after bounding what an earlier run left."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    bound_log(path)
    opened = open(os.open(path, _FLAGS[mode], 0o600), mode)  # noqa: SIM115 - the caller closes
    return cast(BinaryIO, opened)


def bound_log(path: Path) -> None:
    """Copy a log that has grown too long to `.1` and truncate it while its writer goes on.

    The writer appends, so its next line goes to the new end. Lines written during the copy may be lost;
    that is better than a full disk.
    """
    try:
        if path.stat().st_size <= LOG_MOST:
            return
    except FileNotFoundError:
        return
    older = path.with_name(path.name + ".1")
    with contextlib.suppress(OSError):
        shutil.copyfile(path, older)
        _make_private_file(older)
    with contextlib.suppress(OSError):
        os.truncate(path, 0)


_FLAGS = {
    "ab": os.O_WRONLY | os.O_CREAT | os.O_APPEND,
    "wb": os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
}


def _make_private_file(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_symlink():
            return
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)
