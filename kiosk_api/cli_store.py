"""`copy-store`: move everything to another database."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from kiosk_api.config import Settings
from kiosk_api.domain.errors import StartRefused
from kiosk_api.gateways.clock import SystemClock
from kiosk_api.persistence.codec import from_text
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.moving import Copied, CopyRefused, copy_store

COMMANDS = ("copy-store",)
STOPPED_FOR = timedelta(seconds=30)  # a worker says every five seconds that it is there


def add_commands(commands: Any) -> None:
    """Add this command to the parser."""
    copy = commands.add_parser("copy-store", help="copy everything into an empty database; the service is stopped")
    copy.add_argument("--to", required=True, metavar="URL", help="postgresql://… or sqlite:///…; no password in it")
    copy.add_argument("--trial", action="store_true", help="while the service runs, to see how long it takes")


def run(settings: Settings, given: argparse.Namespace) -> int:
    """Run it; returns the exit status."""
    os.umask(0o077)  # a new SQLite file is for this user only
    source = make_engine(settings.database_url)
    try:
        if make_url(given.to) == make_url(settings.database_url):
            return _refuse("目标就是现在的库 · the target is the store itself")
        target = make_engine(given.to)
        if not given.trial and _runs(source, SystemClock().now()):
            return _refuse(
                "后台半分钟内还在运行。请先停下服务，等半分钟；只想试试，加上 --trial。 "
                "The service ran within the last half minute: stop it first, or what it stores meanwhile stays behind."
            )
        done = copy_store(source, target, _say)
    except CopyRefused as refused:
        return _refuse(str(refused))
    except (ArgumentError, StartRefused) as wrong:
        return _refuse(str(wrong) if isinstance(wrong, StartRefused) else "--to: 不是数据库地址 · not an address")
    except DBAPIError as error:
        return _refuse(
            f"连不上，或者中途断了（{type(error.orig).__name__}）。再运行一次：已经写完的目标不会再写。 "
            "No connection, or it broke: run it again. A target that was filled is refused."
        )
    print(f"{sum(one.rows for one in done)} 行，{len(done)} 张表，逐行核对过 · rows copied, each compared")
    return 0


def _runs(source: Engine, now: datetime) -> bool:
    with source.connect() as connection:
        last = connection.execute(text("SELECT at FROM heartbeats WHERE name = 'worker'")).scalar()
    return last is not None and abs(now - from_text(str(last))) < STOPPED_FOR


def _say(one: Copied) -> None:
    print(f"{one.table}\t{one.rows}\t{one.digest[:16]}", flush=True)


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
