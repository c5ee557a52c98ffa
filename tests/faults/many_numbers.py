"""`python -m tests.faults.many_numbers`: sixteen processes give case numbers to one register, a million in all, and no
number is given twice.

A number is a day and 40 random bits (kiosk_api/domain/case_number.py). That alone is no promise: among a million numbers
of one day two are alike in about one run out of two (n²/2·2⁴⁰ = 0.45). What promises it is the store's unique column
and the look before each insert (kiosk_api/services/petitions/new_case.py: `free_number`). So each process takes every
number with that code, inside a write transaction of the product's store, and inserts it under the same constraint; 500 in a
transaction, or a million fsyncs would take hours. Repeats that were offered are counted and must have been avoided:
`--bits 20` makes them certain.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from kiosk_api.domain.case_number import parse
from kiosk_api.persistence.codec import to_text
from kiosk_api.persistence.database import make_engine
from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.petitions import new_case
from tests.factories import START, build_context, settings
from tests.faults.driver import prepare

BATCH = 500
_ROW = text(
    "INSERT INTO cases (id, case_number, token_mark, tail_mark, phone_mark, status, kind, domain, window, emergency,"
    " confidential, registered_at, urged, petition, route, version) VALUES (:id, :number, :id, '', '', 'registered',"
    " 'appeal', 'economy', 'petition_office', false, false, :at, 0, :empty, :empty, 1)"
)


def take(folder: str, url: str, worker: int, count: int, bits: int) -> None:
    """One process: `count` numbers."""
    new_case._NUMBER_BITS = bits
    ctx, done = build_context(settings(Path(folder), KIOSK_DATABASE_URL=url)), 0
    while done < count:
        try:
            with ctx.store.write() as records:
                connection = records.cases._connection  # type: ignore[attr-defined]
                for place in range(done, min(done + BATCH, count)):
                    number = new_case.free_number(records, START.date())
                    assert parse(number) == number
                    connection.execute(_ROW, {"id": f"{worker:04x}{place:028x}", "number": number,
                                              "at": to_text(START), "empty": b""})  # fmt: skip
        except StoreBusy:
            continue  # another process writes; nothing of this batch is stored
        done = min(done + BATCH, count)
    ctx.store.close()


def main(arguments: list[str] | None = None) -> int:
    """The whole run; returns the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--numbers", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--bits", type=int, default=40)
    parser.add_argument("--url")
    given = parser.parse_args(arguments)
    begun, each = time.monotonic(), given.numbers // given.processes
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{folder}/kiosk.db"
        prepare(Path(folder), url)
        fork = multiprocessing.get_context("fork")  # all is loaded by now; no thread runs and no store is open
        shares = [(folder, url, worker, each, given.bits) for worker in range(given.processes)]
        workers = [fork.Process(target=take, args=share) for share in shares]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        engine = make_engine(url)
        with engine.connect() as connection:
            stored, different = connection.exec_driver_sql(
                "SELECT count(*), count(DISTINCT case_number) FROM cases"
            ).one()
        engine.dispose()
    failed = sum(1 for one in workers if one.exitcode)
    print(
        f"{stored} numbers from {given.processes} processes in {time.monotonic() - begun:.0f} s: {stored - different} repeats, "
        f"{failed} processes failed"
    )
    return 0 if stored == different == each * given.processes and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
