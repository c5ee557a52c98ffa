"""The guard on sockets: a foreign service is refused, a test's own service is not."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.own_services import ForeignService

LISTEN = """
import os, socket, sys
one = socket.create_server(("127.0.0.1", 0))
print(os.getpid(), one.getsockname()[1], flush=True)
sys.stdin.read()
one.accept()
"""


@pytest.fixture
def foreign_port() -> Iterator[int]:
    """The port of an orphaned process, which descends from no test."""
    orphan = 'exec 3<&0; "$0" -c "$1" <&3 & exit 0'
    shell = subprocess.Popen(
        ["/bin/sh", "-c", orphan, sys.executable, LISTEN],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert shell.stdout is not None
    pid, port = map(int, shell.stdout.readline().split())
    shell.wait()
    yield int(port)
    os.kill(pid, signal.SIGKILL)


def test_a_service_that_no_test_started_is_refused(foreign_port: int) -> None:
    with pytest.raises(ForeignService):
        socket.create_connection(("127.0.0.1", foreign_port))


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_service_of_this_process_is_reached(family: socket.AddressFamily) -> None:
    address = "127.0.0.1" if family == socket.AF_INET else "::1"
    with socket.create_server((address, 0), family=family) as own:
        socket.create_connection(own.getsockname()[:2]).close()


def test_a_service_of_a_child_is_reached() -> None:
    child = subprocess.Popen([sys.executable, "-c", LISTEN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    port = int(child.stdout.readline().split()[1])
    socket.create_connection(("127.0.0.1", port)).close()
    child.kill()
    child.wait()


def test_a_port_without_a_listener_refuses_the_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
