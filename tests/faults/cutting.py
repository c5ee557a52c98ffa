"""A TCP proxy between two processes that cuts the network in the ways it is cut."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

WELL, SILENT, RESET, CLOSED, HALF = "well", "silent", "reset", "closed", "half"
WAYS = (SILENT, RESET, CLOSED, HALF)


@dataclass
class Cut:
    """`way` counts for connections made from now on: `silent` swallows the answer, `reset` and `closed` end the connection
    once the request has been passed on, `half` lets half of the answer's first piece through before the end."""

    port: int
    way: str = WELL
    passed_on: int = 0  # connections whose request reached the other side
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def cut_off(target: int) -> Iterator[Cut]:
    """A proxy before the port `target` of this machine."""
    door, ended = socket.create_server(("127.0.0.1", 0), backlog=256), threading.Event()
    cut = Cut(int(door.getsockname()[1]))

    def serve() -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(near, cut.way), daemon=True).start()

    def one(near: socket.socket, way: str) -> None:
        with near, suppress(OSError), socket.create_connection(("127.0.0.1", target)) as far:
            back = threading.Thread(target=answer, args=(near, far, way), daemon=True)
            back.start()
            with suppress(OSError):
                while data := near.recv(65_536):
                    far.sendall(data)
            with suppress(OSError):
                far.shutdown(socket.SHUT_WR)
            back.join()

    def answer(near: socket.socket, far: socket.socket, way: str) -> None:
        with suppress(OSError):
            while data := far.recv(65_536):
                with cut.lock:
                    cut.passed_on += 1
                if way == SILENT:
                    ended.wait()  # as behind a pulled cable: nothing comes and nothing ends
                    break
                if way == HALF:
                    near.sendall(data[: len(data) // 2])
                if way == RESET:  # RST instead of FIN
                    near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if way != WELL:
                    break
                near.sendall(data)
        with suppress(OSError):
            if way == RESET:
                near.shutdown(socket.SHUT_RD)  # wakes the thread that reads from it, or the close would wait for that
                near.close()
            else:
                near.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            far.shutdown(socket.SHUT_RDWR)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield cut
    finally:
        ended.set()
        door.close()
