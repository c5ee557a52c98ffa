"""A process in the place of the voice process that always gives the same answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

Seen = Callable[[str, bytes, str], None]


@contextmanager
def answering(
    status: int, body: bytes, headers: Mapping[str, str] | None = None, seen: Seen | None = None
) -> Iterator[str]:
    """Its address. `seen(path, body, media type)` looks at each POST."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/health"
            self.answer()

        def do_POST(self) -> None:
            got = self.rfile.read(int(self.headers["Content-Length"]))
            if seen is not None:
                seen(self.path, got, self.headers["Content-Type"])
            self.answer()

        def answer(self) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        running = threading.Thread(target=server.serve_forever)
        running.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            running.join()
