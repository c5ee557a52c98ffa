"""The API in processes of its own, over one store and with an assistant that the test pretends to be."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from twilio.request_validator import RequestValidator

from kiosk_api.standby import LISTEN_FD
from tests.stack import ROOT

SECRET, HOME = "invented", "https://xinfang.example"
READY_S = 300


class FakeRasa:
    """Rasa's REST channel; `answer` is given what was said and may take its time. `heard` holds what reached it."""

    def __init__(self, answer: Callable[[str], str]) -> None:
        self.heard: list[str] = []
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
                said: list[Any] = []
                if "message" in asked:
                    if not str(asked["sender"]).startswith("probe-"):
                        with outer._lock:
                            outer.heard.append(asked["message"])
                    said = [{"custom": {"text": answer(asked["message"])}}]
                body = json.dumps(said).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that has hung up is none of the test's."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FakeRasa:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def api_processes(
    count: int, folder: Path, rasa_url: str, running: list[subprocess.Popen[bytes]] | None = None, **env: str
) -> Iterator[list[str]]:
    """The addresses of so many processes over the migrated store in `folder`; ended with the block. They are added to
    `running`, for a test that kills them."""
    with ExitStack() as held:
        urls, running = [], [] if running is None else running
        for _ in range(count):
            door = held.enter_context(socket.create_server(("127.0.0.1", 0), backlog=256))
            process = subprocess.Popen(
                [sys.executable, "-m", "kiosk_api.serve_api"], cwd=ROOT, pass_fds=(door.fileno(),),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(ROOT), "KIOSK_DATA_DIR": str(folder), "RASA_URL": rasa_url,
                     "TWILIO_AUTH_TOKEN": SECRET, "KIOSK_PUBLIC_URL": HOME, LISTEN_FD: str(door.fileno()), **env},
            )  # fmt: skip
            held.callback(process.wait)
            held.callback(process.send_signal, signal.SIGTERM)
            running.append(process)
            urls.append(f"http://127.0.0.1:{door.getsockname()[1]}")
        for url in urls:
            assert httpx.get(f"{url}/healthz", timeout=READY_S, trust_env=False).status_code == 200
        yield urls


def signed_message(fields: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(form, headers) of a message as Twilio sends it."""
    signature = RequestValidator(SECRET).compute_signature(f"{HOME}/channels/twilio", dict(fields))
    return dict(fields), {"X-Twilio-Signature": signature}
