"""`python -m tests.bench.backup`: a backup of 100,000 cases while people submit, its restore, and what is in it.

Wanted: at most 60 s together, and nothing missing that was acknowledged before the backup began. The baseline of each
part is a plain copy of the same bytes, in the same run: what is slower than that is SQLite's check, the cipher, or the disk.
The cases are copies of one registered case, each sealed for its own place; another process submits RATE petitions a second.
"""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy import insert, select

from kiosk_api import backups, restoring
from kiosk_api.gateways.sealed_file import new_pair, read_private
from kiosk_api.persistence.key_notes import SEALED
from kiosk_api.persistence.tables import cases, events, idempotency
from tests.factories import fresh_app, register, settings

RATE, CALM_S, MOST_S, BATCH = 20, 5, 60.0, 1000
COPIED = (cases, events, idempotency)


def make_store(folder: Path, count: int) -> Flask:
    """A store with that many cases, each with its event and its saved answer."""
    app = fresh_app(folder)
    register(app)
    store = app.extensions["kiosk"].store
    cipher = store._cipher
    with store._engine.connect() as connection:
        run = connection.exec_driver_sql
        run("PRAGMA synchronous=OFF")
        for table in COPIED:
            pattern = dict(connection.execute(select(table)).mappings().first() or {})
            sealed = [one for one in SEALED if one.table.name == table.name]
            opened = {one.column: cipher.open(one.place(pattern[one.key]), pattern[one.column]) for one in sealed}
            run("BEGIN IMMEDIATE")
            for first in range(1, count, BATCH):
                rows = []
                for number in range(first, min(first + BATCH, count)):
                    name = f"{secrets.randbits(128):032x}" if table is idempotency else f"{number:032x}"
                    row = pattern | {sealed[0].key: name}
                    if table is cases:
                        row |= {"case_number": f"XF{number:010}", "token_mark": f"token{number}"}
                    elif table is events:
                        row |= {"case_id": name}
                    rows.append(row | {one.column: cipher.seal(one.place(name), opened[one.column]) for one in sealed})
                connection.execute(insert(table), rows)
            run("COMMIT")
        run("PRAGMA synchronous=FULL")
        run("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return app


def submit(folder: Path) -> None:
    """The other process: petitions until its input is closed; one line for each that was acknowledged."""
    ended, app, number = threading.Event(), fresh_app(folder, KIOSK_RATE_LIMITS="off"), 0

    def wait() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    while not ended.wait(1 / RATE):
        began = time.perf_counter()
        case = register(app, f"under-load-{os.getpid()}-{number:06d}")
        number += 1
        taken = time.perf_counter() - began
        sys.stdout.write(f"{time.monotonic()} {taken} {case['case_number']}\n")
        sys.stdout.flush()


@contextmanager
def submitting(folder: Path, lines: list[tuple[float, float, str]]) -> Iterator[None]:
    """People submit until the block ends; `lines` gets (when, seconds, number) of each acknowledgement."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.backup", "--submit", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    output, arrived = process.stdout, threading.Event()

    def read() -> None:
        for line in output:
            at, taken, number = line.split()
            lines.append((float(at), float(taken), number))
            if len(lines) > RATE * CALM_S:
                arrived.set()
        arrived.set()

    reader = threading.Thread(target=read)
    reader.start()
    arrived.wait()
    assert len(lines) > RATE, "nobody could submit"
    try:
        yield
    finally:
        process.stdin.close()
        process.wait()
        reader.join()


def plain_copy(source: Path, target: Path) -> float:
    """Seconds to copy the same bytes and have them on the disk."""
    began = time.perf_counter()
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    taken = time.perf_counter() - began
    target.unlink()
    return taken


def measure(folder: Path, count: int) -> bool:
    """Print the parts; whether nothing was missing and it took no longer than wanted."""
    data, away, elsewhere = folder / "var", folder / "away", folder / "new"
    began = time.perf_counter()
    make_store(data, count)
    size = (data / "kiosk.db").stat().st_size
    print(f"{count} cases, {size / 2**20:.0f} MB, made in {time.perf_counter() - began:.0f} s")
    private, public = new_pair()
    (data / backups.PUBLIC_KEY).write_text(public, "ascii")
    print(f"a plain copy of the store, on the disk: {plain_copy(data / 'kiosk.db', folder / 'copy'):.1f} s")
    lines: list[tuple[float, float, str]] = []
    with submitting(data, lines):
        started, clock, worked = time.monotonic(), time.perf_counter(), time.process_time()
        made = backups.back_up(settings(data), away, datetime.now(UTC))
        backup_s = time.perf_counter() - clock
        ended = time.monotonic()
    elsewhere.mkdir()
    shutil.copytree(data / "keys", elsewhere / "keys")
    clock = time.perf_counter()
    restored, _ = restoring.restore(settings(elsewhere), made.path, read_private(private), datetime.now(UTC))
    restore_s, worked = time.perf_counter() - clock, time.process_time() - worked
    for name, report in (("backup", made), ("restore", restored)):
        print(f"{name}: " + ", ".join(f"{part} {seconds:.1f} s" for part, seconds in report.seconds.items()))
    before = {number for at, _, number in lines if at <= started}
    calm, under_way = (
        [taken * 1000 for at, taken, _ in lines if since < at <= until]
        for since, until in ((0, started), (started, ended))
    )
    database = sqlite3.connect(elsewhere / "kiosk.db")
    there = {row[0] for row in database.execute("SELECT case_number FROM cases")}
    database.close()
    missing = len(before - there)
    print(
        f"backup {backup_s:.1f} s, restore {restore_s:.1f} s, together {backup_s + restore_s:.1f} s (wanted {MOST_S:.0f}), "
        f"processor {worked:.1f} s; acknowledged before the start {len(before)}, missing {missing}; "
        f"cases restored {restored.rows['cases']}"
    )
    print(
        f"submitted meanwhile {len(under_way)}: median {statistics.median(under_way or [0]):.0f} ms, slowest "
        f"{max(under_way, default=0):.0f} ms; before: median {statistics.median(calm):.0f} ms, slowest {max(calm):.0f} ms"
    )
    return missing == 0 and restored.rows["cases"] >= count + len(before) and backup_s + restore_s <= MOST_S


def main() -> int:
    """Make the store in a temporary folder, and measure."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured; default: that of /tmp")
    parser.add_argument("--submit", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.submit:
        submit(given.submit)
        return 0
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        return 0 if measure(Path(folder), given.cases) else 1


if __name__ == "__main__":
    raise SystemExit(main())
