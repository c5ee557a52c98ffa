"""Serves an application on a real port, and opens pages that must log no error."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, Response
from playwright.sync_api import BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

import kiosk_api
from kiosk_api.web.files import version

STATIC = Path(kiosk_api.__file__).parent / "web/static"


def static(name: str) -> str:
    """The address that pages use for a static file, so that an imported module is the same instance."""
    return f"/static/v-{version(STATIC)}/{name}"


class Front:
    """One address for many tests, with one application behind it at a time: a browser that stays open
    keeps its cached files."""

    def __init__(self) -> None:
        self._app: Flask | None = None
        self._under_way: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        with self._changed:
            app = self._app
            if app:
                self._under_way.append(environ["PATH_INFO"])
        if app is None:  # a late request of a closed page
            return Response(status=503)(environ, start)
        try:
            return app(environ, start)
        finally:
            with self._changed:
                self._under_way.remove(environ["PATH_INFO"])
                self._changed.notify_all()

    @contextmanager
    def before(self, app: Flask) -> Iterator[None]:
        """Requests reach `app` until the block ends, and all that began are answered by it."""
        self._app = app
        yield
        with self._changed:
            self._app = None
            assert self._changed.wait_for(lambda: not self._under_way, timeout=30), self._under_way


class _Quiet(WSGIRequestHandler):
    """Logs no requests: a page asks for fifty files, and a test keeps its log."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def served(app: Flask | Front, port: int = 0) -> Iterator[str]:
    """The address at which `app` answers until the block ends; port 0 is any free one."""
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    # a short poll interval: half a second per test adds up to minutes
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@contextmanager
def error_free(context: BrowserContext) -> Iterator[Page]:
    """A page in which no script may fail and the security policy may block nothing."""
    problems: list[str] = []
    opened = watched(context.new_page(), problems)
    yield opened
    context.close()
    assert not problems


def watched(page: Page, problems: list[str]) -> Page:
    """`page`; errors of its scripts and of the security policy are added to `problems`."""
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Security Policy" in line.text else None)
    return page


@contextmanager
def visit(context: BrowserContext) -> Iterator[Page]:
    """A page of its own in `context`, which stays open and is cleared afterwards."""
    problems: list[str] = []
    opened = watched(context.new_page(), problems)
    yield opened
    for one in context.pages[1:]:
        one.goto("about:blank")  # lets the page send its last requests
        one.close()
    context.unroute_all()
    context.set_offline(False)
    context.clear_permissions()
    context.clear_cookies()
    assert not problems
