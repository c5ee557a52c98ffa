"""A million cases: the desk's lists for each role, and the sweep of a million open clocks, beside the code before.

Run `python -m tests.bench.scale` (`--cases 100000` for a quick look). The rows are copies of one registered case with
invented states, units and dates; nothing of it is decrypted. Before, a list was sorted anew each time and counted in
full, and the sweep opened every case: figures of the same machine (2 cores, SQLite 3.40), taken in November 2026.
"""

from __future__ import annotations

import argparse
import logging
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from kiosk_api.domain.limits import PAGES_MAX
from kiosk_api.domain.projection import list_order
from kiosk_api.domain.workflow import Role
from kiosk_api.persistence.codec import from_text
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.records import Officer
from kiosk_api.services.cases.background import CLOCKS, note_deadlines
from kiosk_api.services.staff import staff_cases
from tests.factories import START, fresh_app, register

UNITS = 500
OFFICERS = (
    (Role.PETITION_OFFICE, None), (Role.SUPERVISOR, None), (Role.RESPONSIBLE_UNIT, "u-0007"), (Role.REVIEW_UNIT, None),
)  # fmt: skip
VIEWS = ("mine", "due", "overdue", "new", "urged", "all")
ROUNDS = 20
# milliseconds of `list_cases` at a million cases before, and cases the sweep looked at in a second
BEFORE_MS = {
    ("petition_office", "mine"): 5022, ("petition_office", "due"): 2299, ("petition_office", "overdue"): 1550,
    ("supervisor", "mine"): 1209, ("supervisor", "due"): 1277, ("supervisor", "overdue"): 977,
    ("responsible_unit", "mine"): 37, ("responsible_unit", "due"): 37, ("responsible_unit", "overdue"): 34,
    ("review_unit", "mine"): 2131, ("review_unit", "due"): 2435, ("review_unit", "overdue"): 4908,
}  # fmt: skip
BEFORE_SWEPT = 1120
_OPEN = ("registered", "forwarded", "assigned", "objected", "accepted", "under_review", "under_reexamination")
_DONE = ("declined", "concluded", "settled", "reviewed", "reexamined", "transferred", "withdrawn", "closed")


def make_store(folder: Path, cases: int) -> Context:
    """A store with that many cases, three in ten of them open, and as many running clocks that are due."""
    app = fresh_app(folder)
    register(app)
    database = sqlite3.connect(folder / "kiosk.db")
    database.execute("PRAGMA synchronous=OFF")
    indexes = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        database.execute(f"DROP INDEX {name}")
    columns = [row[1] for row in database.execute("PRAGMA table_info(cases)")]
    pattern = dict(zip(columns, database.execute("SELECT * FROM cases").fetchone(), strict=True))
    database.executemany(
        f"INSERT INTO cases ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})",  # noqa: S608
        (tuple(row.values()) for row in _cases(pattern, cases)),
    )
    database.executemany("INSERT INTO case_clocks VALUES (?, 'route', 1, ?, 'running', '')", _clocks(cases))
    for _, sql in indexes:
        database.execute(sql)
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return app.extensions["kiosk"]


def _cases(pattern: dict[str, Any], cases: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    for number in range(cases):
        is_open = chance.random() < 0.3
        status = chance.choice(_OPEN if is_open else _DONE) if is_open or chance.random() < 0.5 else "closed"
        due = START.date() + timedelta(days=chance.randint(-10, 60)) if is_open else None
        emergency, urged = chance.random() < 0.01, chance.random() < 0.05
        registered = (
            f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            f"T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}.000000Z"
        )
        yield pattern | {
            "id": f"{number:032x}", "case_number": f"XF{number:010}", "token_mark": f"token{number}",
            "phone_mark": f"phone{number}", "status": status,
            "kind": chance.choices(("appeal", "suggestion", "accusation"), (85, 10, 5))[0],
            "responsible_unit": None if status == "registered" else f"u-{chance.randrange(UNITS):04}",
            "emergency": emergency, "registered_at": registered, "next_due_on": due and due.isoformat(),
            "urged": int(urged), "urge_waits": urged and status not in ("closed", "withdrawn"),
            "list_order": list_order(f"{number:032x}", emergency, due, from_text(registered)), "recheck_on": None,
        }  # fmt: skip


def _clocks(cases: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(2)
    for number in range(cases):
        yield f"{number:032x}", (START.date() + timedelta(days=chance.randint(-30, 3))).isoformat()


def measured(call: Callable[[], object]) -> str:
    """Milliseconds of some calls, after one that warms up: by the clock, and of the processor."""
    call()
    found, worked = [], time.process_time()
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    worked = (time.process_time() - worked) * 1000 / ROUNDS
    return f"p50 {statistics.median(found):6.1f} ms  most {max(found):6.1f} ms  processor {worked:5.1f} ms"


def bench_lists(ctx: Context) -> None:
    """A list is one page of rows and the counts of all views."""
    for role, unit in OFFICERS:
        officer = Officer("one", "one", "某某", role, unit)
        for view in VIEWS:
            wanted = staff_cases.Wanted(view)
            figures = measured(lambda officer=officer, wanted=wanted: staff_cases.list_cases(ctx, officer, wanted))
            before = BEFORE_MS.get((role.value, view))
            print(f"{role.value:17}{view:14} {figures}" + (f"  before {before} ms" if before else ""))
        last = staff_cases.Wanted("all")
        figures = measured(lambda officer=officer, last=last: staff_cases.list_cases(ctx, officer, last, PAGES_MAX))
        print(f"{role.value:17}all, page {PAGES_MAX}  {figures}")


def bench_sweep(ctx: Context, clocks: int) -> None:
    """Every clock is noted, a batch in a transaction."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    batches: list[float] = []
    more, worked = True, time.process_time()
    while more:
        start = time.perf_counter()
        more = note_deadlines(ctx, CLOCKS)
        batches.append(time.perf_counter() - start)
    worked = time.process_time() - worked
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    print(
        f"sweep of {clocks} open clocks: {sum(batches):.1f} s (processor {worked:.1f} s), {clocks / sum(batches):.0f} a second "
        f"(before {BEFORE_SWEPT}), longest batch {max(batches) * 1000:.0f} ms, memory grew by {grown:.0f} MB"
    )


def main() -> None:
    """Make the store in a temporary folder, and measure."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        ctx = make_store(Path(folder), given.cases)
        print(f"{given.cases} cases made in {time.perf_counter() - start:.0f} s")
        bench_lists(ctx)
        bench_sweep(ctx, given.cases)


if __name__ == "__main__":
    main()
