"""No test connects to a service that it did not start, such as the bot of a `make run` on the same machine.

pytest-socket keeps every connection on this machine (`--allow-hosts` in pyproject.toml). On this
machine a connection is allowed only to a socket that this process or one of its children listens
on, as /proc shows. A port without a listener refuses by itself.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
LISTENS = "0A"  # TCP_LISTEN there


class ForeignService(RuntimeError):
    """A connection to a program that no test started."""


class Guard:
    """Checks every connection of this process by an audit hook (PEP 578, `socket.connect`)."""

    def __init__(self) -> None:
        self.ours: set[str] = set()

    def install(self) -> None:
        sys.addaudithook(self.on_event)

    def on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "socket.connect":
            return
        one, address = arguments
        if one.family in (socket.AF_INET, socket.AF_INET6) and one.type & socket.SOCK_STREAM:
            self.check(int(address[1]))

    def check(self, port: int) -> None:
        """Raise ForeignService when others, and only others, listen on `port`."""
        # Read anew when nobody is found: while others come and go, a line can be missed.
        listening = on(port) or on(port)
        if not listening or listening & self.ours:
            return
        self.ours |= listening & {inode for pid in family() for inode in sockets_of(pid)}
        if not listening & self.ours:
            raise ForeignService(f"a test connects to port {port}, which no test listens on")


def on(port: int) -> set[str]:
    """Inodes of the sockets that listen on `port`, of either family."""
    return {inode for table in TABLES for inode in listeners(port, table)}


def listeners(port: int, table: Path) -> set[str]:
    """Inodes of the sockets that listen on `port`.

    Linux lists those that listen before all others. Reading ends there, a few lines at a time: to
    list the rest costs milliseconds, and there are thousands of connections.
    """
    found = set()
    with suppress(OSError), table.open("rb", buffering=1024) as lines:
        next(lines)  # the heading
        for line in lines:
            parts = line.decode("ascii").split()
            if parts[3] != LISTENS:
                break
            if int(parts[1].rpartition(":")[2], 16) == port:
                found.add(parts[9])
    return found


def family() -> list[int]:
    """This process and its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found = [os.getpid()]
    for one in found:
        found += children.get(one, [])
    return found


def sockets_of(pid: int) -> set[str]:
    """Inodes of the sockets that a process holds."""
    found = set()
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                target = str(link.readlink())
                if target.startswith("socket:["):
                    found.add(target[8:-1])
    return found
