"""Petitions registered a second on PostgreSQL beside SQLite, and what one writer for all processes costs there.

Both stores are on the disk with every commit synced. Each process is an application with eight threads; several
share one PostgreSQL, as several machines would. The last row leaves the lock of all writers out, to show its price: do
not run it that way, since every rule that reads before it writes relies on it. `python -m tests.bench.postgresql`
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kiosk_api.persistence import postgresql
from tests.factories import fill_store, fresh_app, petition
from tests.postgres_server import Server

THREADS = 8


def crowd(folder: str, url: str, petitions: int, name: str, locked: bool, together: Any, took: Any) -> None:
    """One process: registers so many petitions, and puts the seconds of each into `took`."""
    if not locked:
        nothing: Callable[[Any], None] = lambda _: None  # noqa: E731
        postgresql.begin_writing = nothing
    app = fresh_app(Path(folder), KIOSK_DATABASE_URL=url, KIOSK_RATE_LIMITS="off")

    def one(number: int) -> float:
        began = time.monotonic()
        answer = app.test_client().post(
            "/api/v1/petitions", json=petition(), headers={"Idempotency-Key": f"{name}-{number:06d}"}
        )
        assert answer.status_code == 201, answer.get_json()
        return time.monotonic() - began

    one(0)
    together.wait()
    with ThreadPoolExecutor(THREADS) as pool:
        took.put(list(pool.map(one, range(1, petitions + 1))))


def measure(url: str, folder: str, processes: int, petitions: int, locked: bool = True) -> tuple[float, float, float]:
    """(petitions a second, p50 and p99 in ms) of all processes together."""
    spawn = multiprocessing.get_context("spawn")
    together, took = spawn.Barrier(processes + 1), spawn.Queue()
    each = petitions // processes
    running = [
        spawn.Process(target=crowd, args=(folder, url, each, f"{time.time():.0f}-{n}", locked, together, took))
        for n in range(processes)
    ]
    for process in running:
        process.start()
    together.wait()
    began = time.monotonic()
    seconds = sorted(second for _ in running for second in took.get())
    rate = len(seconds) / (time.monotonic() - began)
    for process in running:
        process.join()
    return rate, seconds[len(seconds) // 2] * 1000, seconds[int(len(seconds) * 0.99)] * 1000


def main() -> None:
    """Print a row for each way, and its ratio to SQLite."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--petitions", type=int, default=1000)
    petitions = parser.parse_args().petitions
    server = Server(fast=False)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        fill_store(False, sqlite := f"sqlite:///{one}/kiosk.db")
        fill_store(False, shared := server.url(server.make()))
        baseline = 0.0
        for name, url, folder, processes, locked in (
            ("SQLite, one process", sqlite, one, 1, True),
            ("PostgreSQL, one process", shared, other, 1, True),
            ("PostgreSQL, two processes", shared, other, 2, True),
            ("PostgreSQL, two processes, without the lock", shared, other, 2, False),
        ):
            rate, middle, late = measure(url, folder, processes, petitions, locked)
            baseline = baseline or rate
            print(
                f"{name}: {rate:.0f}/s, p50 {middle:.0f} ms, p99 {late:.0f} ms, ratio {rate / baseline:.2f}", flush=True
            )
    server.close()


if __name__ == "__main__":
    main()
