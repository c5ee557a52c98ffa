"""Gunicorn's settings for `kiosk_api.app:create_app()`; address and port come by command line."""

from __future__ import annotations

import gc
from typing import Any

from kiosk_api.logs import keep_failures_quiet

worker_class = "gthread"
workers = 1  # SQLite has one writer; its queue is a lock inside the process
threads = 8
timeout = 60
graceful_timeout = 5
keepalive = 30  # longer than a citizen thinks between two turns, so the bot's connections last
control_socket_disable = True
umask = 0o077  # the store and all beside it are for this user only


def post_worker_init(worker: Any) -> None:
    """Set the loaded program aside, so that no collection stops requests to walk through it.

    The handbook's ways of asking are taught to the bot as soon as it is up.
    """
    keep_failures_quiet()
    ctx = worker.wsgi.extensions["kiosk"]
    index = ctx.handbook.index()
    ctx.nearness.begin(index.digest, index.texts)
    gc.collect()
    gc.freeze()
