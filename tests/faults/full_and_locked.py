"""`python -m tests.faults.full_and_locked`: the real process with a limit on the size of its files (RLIMIT_FSIZE: each write
beyond fails, as on a disk without room), and then with another process that holds the store's write lock."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from multiprocessing.synchronize import Event
from pathlib import Path

from tests.faults import oracle
from tests.faults.driver import WARM, Client, Crowd, Server, server, until
from tests.faults.points import Plan

ROOM = 256 * 1024  # bytes beyond what the largest file has
REFUSALS = 30


def main() -> int:
    """The whole run; returns the exit status."""
    wrong: list[str] = []
    for name, trial in (("disk", full_disk), ("lock", held_lock)):
        with tempfile.TemporaryDirectory() as folder:
            crowd, found = trial(Path(folder))
            print(f"{name}: {len(crowd.acknowledged)} cases, answers {dict(crowd.said)}")
            wrong += [f"{name}: {one}" for one in [*crowd.wrong, *found]]
    for one in wrong:
        print(f"FAULT {one}")
    return 1 if wrong else 0


def full_disk(folder: Path) -> tuple[Crowd, list[str]]:
    """Until no file may grow; then a process that has room is asked for every key."""
    limit = folder / "limit"
    with server(folder, FAULTS_MOST_BYTES=str(limit)) as running:
        until(lambda: (folder / "kiosk.db").exists(), "the store")
        running_limit(running, limit, ROOM)
        running.fork(Plan())
        with Crowd(running.port) as crowd:
            until(lambda: crowd.said["store_full"] + crowd.said["outcome_unknown"] >= REFUSALS, "a full disk")
        before = oracle.faults(url_of(folder), crowd.acknowledged)
        running.end(signal.SIGKILL)
        limit.unlink()
        running.fork(Plan())
        after = ask_all(running, crowd)
    wrong = [] if crowd.said["201"] and crowd.said["store_full"] else ["never full, or never in order"]
    return crowd, [*wrong, *before, *after, *oracle.faults(url_of(folder), crowd.acknowledged, len(crowd.acknowledged))]


def held_lock(folder: Path) -> tuple[Crowd, list[str]]:
    """While another process holds the write lock, everybody is asked to come back; then everybody is served."""
    with server(folder) as running:
        running.fork(Plan())
        spawn = multiprocessing.get_context("spawn")
        held, let_go = spawn.Event(), spawn.Event()
        other = spawn.Process(target=hold, args=(str(folder / "kiosk.db"), held, let_go))
        with Crowd(running.port) as crowd:
            until(lambda: crowd.said["201"] > 10, "cases before the lock")
            other.start()
            held.wait()
            until(lambda: crowd.said["store_busy"] >= crowd.clients, "refusals under the lock")
            let_go.set()
            other.join()
            done = crowd.said["201"]
            until(lambda: crowd.said["201"] > done + 10, "cases after the lock")
        wrong = ask_all(running, crowd)
    return crowd, [*wrong, *oracle.faults(url_of(folder), crowd.acknowledged, len(crowd.acknowledged))]


def hold(path: str, held: Event, let_go: Event) -> None:
    """In another process: take the write lock of the store, and keep it."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as store:
        store.execute("BEGIN IMMEDIATE")
        held.set()
        let_go.wait()
        store.execute("ROLLBACK")


def ask_all(running: Server, crowd: Crowd) -> list[str]:
    """Every key again: exactly one case each, and the known ones as they were."""
    client = Client(running.port)
    wrong = [f"{key}: not answered at the end" for key in [WARM, *sorted(crowd.unknown), *list(crowd.acknowledged)]
             if not crowd.hand_in(client, key)]  # fmt: skip
    client.close()
    return wrong


def running_limit(running: Server, limit: Path, room: int) -> None:
    """For the next process: no file beyond the largest one of the store and `room`."""
    largest = max(one.stat().st_size for one in running.folder.glob("kiosk.db*"))
    limit.write_text(str(largest + room), encoding="ascii")


def url_of(folder: Path) -> str:
    """Of the store in it."""
    return f"sqlite:///{folder / 'kiosk.db'}"


if __name__ == "__main__":
    sys.exit(main())
