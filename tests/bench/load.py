"""`make bench-load`: petitions, look-ups and a burst against the real API process, each beside a baseline of the same run.

P1  petitions by 16 clients (SQLite FULL, encryption on) beside raw SQLite transactions of the same number of rows
P3  look-ups by token beside a bare `hello` under the same waitress
P4  twenty times as many clients as P1 for some seconds: what is refused says when to come back, nothing is half-done, and
    look-ups go on; then how long until petitions are as fast as before

Ratios travel between machines, times do not.
"""

from __future__ import annotations

import argparse
import http.client
import json
import signal
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks.server import plain, serving
from tests.bench.__main__ import percentile
from tests.faults import oracle
from tests.faults.driver import WARM, Client, Server, server
from tests.faults.points import Plan

CLIENTS, TIMES = 16, 20
ROWS = 9  # a petition writes so many


@dataclass
class Run:
    """Milliseconds of what was answered, and how often each answer came."""

    times: list[float] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    answers: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    untimed: int = 0  # refusals without Retry-After

    def line(self) -> str:
        """For the table."""
        if not self.times:
            return f"nothing answered, {dict(self.said)}"
        return (
            f"{len(self.times) / self.seconds:7.0f}/s  p50 {percentile(self.times, 0.5):6.1f}  p99 {percentile(self.times, 0.99):7.1f}"
            f"  max {max(self.times):7.1f} ms  {dict(self.said)}"
        )


def side_by_side(clients: int, seconds: float, work: Callable[[int], Iterator[str]]) -> Run:
    """`work(number)` yields the name of each answer; "201" and "200" are timed."""
    run, lock, ends = Run(), threading.Lock(), time.monotonic() + seconds

    def one(number: int) -> None:
        steps = work(number)
        while time.monotonic() < ends:
            begun = time.perf_counter()
            said = next(steps)
            took = (time.perf_counter() - begun) * 1000
            with lock:
                run.said[said] += 1
                if said in ("200", "201"):
                    run.times.append(took)

    threads, begun = [threading.Thread(target=one, args=(number,)) for number in range(clients)], time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.seconds = time.monotonic() - begun
    return run


def petitions(port: int, name: str, answers: dict[str, Any]) -> Callable[[int], Iterator[str]]:
    """A client's petitions, each under a key of its own; a refused one is asked for again."""

    def work(number: int) -> Iterator[str]:
        client, count = Client(port), 0
        while True:
            count += 1
            key, status = f"{name}-{number}-{count}", 0
            while status != 201:
                try:
                    status, said = client.post(key)
                except (OSError, http.client.HTTPException):
                    yield "no answer"
                    continue
                if status == 201:
                    answers[key] = said
                yield str(status) if status != 503 or client.retry_after else "503 without Retry-After"
                if status == 503:
                    time.sleep(0.2)  # comes back far too early, as a crowd does

    return work


def lookups(port: int, token: str) -> Callable[[int], Iterator[str]]:
    """The status page's question, again and again."""
    body = json.dumps({"lookup_token": token}).encode()

    def work(_number: int) -> Iterator[str]:
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                while True:
                    connection.request("POST", "/api/v1/cases/lookup", body, {"Content-Type": "application/json"})
                    answer = connection.getresponse()
                    answer.read()
                    yield str(answer.status)
            except (OSError, http.client.HTTPException):
                yield "no answer"

    return work


def hello(port: int) -> Callable[[int], Iterator[str]]:
    """The baseline of requests."""

    def work(_number: int) -> Iterator[str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            connection.request("POST", "/", b"{}")
            answer = connection.getresponse()
            answer.read()
            yield str(answer.status)

    return work


def transactions(path: Path) -> Callable[[int], Iterator[str]]:
    """The baseline of petitions: as many rows in one durable transaction, behind one lock."""
    lock = threading.Lock()
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE IF NOT EXISTS raw (id INTEGER PRIMARY KEY, body BLOB)")
        made.commit()

    def work(_number: int) -> Iterator[str]:
        store = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        store.execute("PRAGMA synchronous=FULL")
        while True:
            with lock:
                store.execute("BEGIN IMMEDIATE")
                store.executemany("INSERT INTO raw (body) VALUES (?)", [(bytes(600),)] * ROWS)
                store.execute("COMMIT")
            yield "201"

    return work


@contextmanager
def running() -> Iterator[tuple[Server, Path]]:
    """The real process, serving."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as one:
        one.fork(Plan())
        yield one, Path(folder)
        one.end(signal.SIGTERM)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    with running() as (one, folder):
        client = Client(one.port)
        answers: dict[str, Any] = {WARM: client.post(WARM)[1]}
        p1 = side_by_side(CLIENTS, given.seconds, petitions(one.port, "first", answers))
        raw = side_by_side(CLIENTS, given.seconds / 4, transactions(folder / "raw.db"))
        print(f"P1 petitions, {CLIENTS} clients  {p1.line()}")
        print(f"   raw transactions       {raw.line()}")
        p3 = side_by_side(CLIENTS, given.seconds, lookups(one.port, answers[WARM]["lookup_token"]))
        with serving(plain) as bare:
            base = side_by_side(CLIENTS, given.seconds / 4, hello(bare.port))
        print(f"P3 look-ups, {CLIENTS} clients   {p3.line()}")
        print(f"   bare hello             {base.line()}")
        burst(one.port, given.seconds, answers, percentile(p1.times, 0.99))
        url = f"sqlite:///{folder / 'kiosk.db'}"
        for key in [key for key in unanswered(answers) if key not in answers]:
            answers[key] = client.post(key)[1]
        print(f"   after all of it: {oracle.faults(url, answers) or 'nothing lost, doubled or half-done'}")


def burst(port: int, seconds: float, answers: dict[str, Any], usual_ms: float) -> None:
    """P4, with look-ups beside it; then the time until a petition takes no longer than P1's p99."""
    beside: list[Run] = []
    token = answers[WARM]["lookup_token"]
    watching = threading.Thread(target=lambda: beside.append(side_by_side(2, seconds, lookups(port, token))))
    watching.start()
    p4 = side_by_side(CLIENTS * TIMES, seconds, petitions(port, "burst", answers))
    watching.join()
    print(f"P4 burst, {CLIENTS * TIMES} clients    {p4.line()}")
    print(f"   look-ups beside it     {beside[0].line()}")
    print(f"   refusals without a time to come back: {p4.said['503 without Retry-After']}")
    ended, client, count, took = time.monotonic(), Client(port), 0, usual_ms + 1
    while took > usual_ms and time.monotonic() - ended < 60:
        count, begun = count + 1, time.perf_counter()
        status, said = client.post(f"after-{count}")
        if status == 201:
            answers[f"after-{count}"] = said
            took = (time.perf_counter() - begun) * 1000
    print(f"   as fast as before after {time.monotonic() - ended:.1f} s")


def unanswered(answers: dict[str, Any]) -> list[str]:
    """Keys of clients that were stopped while they asked: the next number of each."""
    last: Counter[tuple[str, str]] = Counter()
    for key in answers:
        name, _, rest = key.partition("-")
        number, _, count = rest.partition("-")
        if count.isdecimal() and number.isdecimal():
            last[name, number] = max(last[name, number], int(count))
    return [f"{name}-{number}-{count + 1}" for (name, number), count in last.items()]


if __name__ == "__main__":
    main()
