"""An application on a real port, and a page that must not complain."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.serving import make_server

import kiosk_api
from kiosk_api.web.files import version

STATIC = Path(kiosk_api.__file__).parent / "web/static"


def static(name: str) -> str:
    """The address that pages give for a static file: a module imported by it is theirs."""
    return f"/static/v-{version(STATIC)}/{name}"


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """The address at which `app` answers until the block ends; port 0 is any free one."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    # looked at often whether to end: half a second a test adds up to minutes
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@contextmanager
def blameless(context: BrowserContext) -> Iterator[Page]:
    """A page in which no script fails and the security policy stops nothing."""
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda line: problems.append(line.text) if "Security Policy" in line.text else None,
    )
    yield opened
    context.close()
    assert not problems
