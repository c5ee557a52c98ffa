"""Free ports for a test: assigned by the kernel, and reserved until a server binds them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def reserved(*names: str) -> Iterator[dict[str, int]]:
    """A port for each name, on the loopback address, until the block ends.

    Each is bound and never listened on, so that Linux gives it to nobody else, neither to a server
    nor to an outgoing connection; a server that sets SO_REUSEADDR (Sanic, werkzeug, nginx) may
    still bind it. Until then a connection to it is refused.
    """
    with ExitStack() as held:
        ports = {}
        for name in names:
            holder = held.enter_context(socket.socket())
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", 0))
            ports[name] = int(holder.getsockname()[1])
        yield ports
