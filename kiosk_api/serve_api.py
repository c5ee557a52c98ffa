"""`python -m kiosk_api.serve_api`: the application behind its own server, one process."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading

from kiosk_api.config import Settings, SettingsError
from kiosk_api.domain.errors import StartRefused
from kiosk_api.logs import keep_failures_quiet
from kiosk_api.programs import reachable
from kiosk_api.server.limits import Limits, networks
from kiosk_api.server.listener import Listener, allow_many_files
from kiosk_api.service_manager import watch
from kiosk_api.standby import listening_socket, serve_on_order


def main() -> int:
    """Load everything, wait for an order, serve until SIGTERM or SIGINT; returns the exit status.

    One process: SQLite has one writer, and its queue is a lock inside the process.
    """
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    os.umask(0o077)  # the store and all new files are for this user only
    keep_failures_quiet()
    from kiosk_api.app import create_app  # takes seconds; meanwhile the process list shows `loading`
    from kiosk_api.opening import check_start

    try:
        check_start(settings.database_url)
        app = create_app(settings)
    except StartRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    app.jinja_env.auto_reload = "--reload-templates" in sys.argv[1:]  # `make dev`
    ctx = app.extensions["kiosk"]
    ctx.handbook.index()
    ctx.store.close()
    gc.collect()
    gc.freeze()  # freeze loaded objects so the collector skips them
    serve_on_order()
    limits = limits_for(settings)
    allow_many_files(limits.connections)
    server = Listener(app, listening_socket(settings.host, settings.port), limits)
    app.extensions["server"] = server  # for its figures
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    index = ctx.handbook.index()  # sent to the bot once it is up
    ctx.nearness.begin(index.digest, index.texts)
    ctx.assistant.watch()
    watch(f"http://{reachable(settings.host)}:{settings.port}/healthz", threading.Event())
    server.run()
    return 0


def limits_for(settings: Settings) -> Limits:
    """Limits per connection and source; trusted proxies are exempt, because they carry many people."""
    return Limits(exempt=networks(settings.trusted_proxies))


if __name__ == "__main__":
    raise SystemExit(main())
