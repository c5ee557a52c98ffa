"""`make attack-contract`: a hundred thousand requests made up from the contract, in rounds that can be resumed.

Each round has a fresh application and its own requests, which its number alone decides. What was tried is written
after every call, so that an interrupted run goes on where it stopped. A fault stands in the record with its round and
call; `--round N --call "POST /api/v1/…"` repeats it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import GenerationMode

from tests.attacks.requests.made_up import attack, without_locks
from tests.attacks.requests.target import Target, attacked

EXAMPLES = 60  # of one call, right or wrong, in one round
FIRST = 1_000  # no round has the requests of the suite


@dataclass
class Record:
    """What has been tried so far, in a file."""

    path: Path
    done: dict[str, int] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def at(cls, path: Path) -> Record:
        if not path.exists():
            return cls(path)
        known = json.loads(path.read_text())
        return cls(path, known["done"], Counter({int(one): n for one, n in known["statuses"].items()}), known["faults"])

    @property
    def total(self) -> int:
        return sum(self.done.values())

    def keep(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = {"done": self.done, "statuses": self.statuses, "faults": self.faults}
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(content, ensure_ascii=False, indent=1))
        beside.replace(self.path)


def run_round(number: int, record: Record, ends_at: float, only: str = "") -> None:
    """One round over every call that it has not tried yet."""
    with tempfile.TemporaryDirectory() as folder:
        target = attacked(Path(folder))
        for found in schemathesis.openapi.from_wsgi("/open", without_locks(target)).get_all_operations():
            operation = found.ok()
            for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
                place = f"{operation.label} {mode.value} {number}"
                if place in record.done or (only and only != operation.label) or time.monotonic() > ends_at:
                    continue
                try_call(target, operation, mode, number, record, place)
        target.app.extensions["kiosk"].store._engine.dispose()


def try_call(target: Target, operation: Any, mode: GenerationMode, number: int, record: Record, place: str) -> None:
    """One call in one way; a fault is recorded, and the run goes on."""
    tried: Counter[str] = Counter()
    try:
        attack(target, operation, mode, EXAMPLES, tried, record.statuses, thorough=number == 0, start=FIRST + number)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # several faults of one call come as a group, which is no Exception
        record.faults.append({"place": place, "fault": f"{type(fault).__name__}: {fault}"[:4_000]})
        print(f"FAULT {place}\n{fault}", file=sys.stderr)
    record.done[place] = sum(tried.values())
    record.keep()


def by_call(record: Record) -> Counter[str]:
    """How many requests each call was sent."""
    found: Counter[str] = Counter()
    for place, tried in record.done.items():
        found[" ".join(place.split(" ")[:2])] += tried
    return found


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--count", type=int, default=100_000, help="stop after so many requests")
    given.add_argument("--minutes", type=float, default=240, help="stop after so many minutes, to be resumed")
    given.add_argument("--record", type=Path, default=Path("var/attack-contract.json"))
    given.add_argument("--fresh", action="store_true", help="forget what was tried before")
    given.add_argument("--round", type=int, help="this round only")
    given.add_argument("--call", default="", help="this call only, such as 'POST /api/v1/petitions'")
    asked = given.parse_args()
    if asked.fresh:
        asked.record.unlink(missing_ok=True)
    repeats = asked.round is not None
    record = Record(asked.record.with_name("repeated.json")) if repeats else Record.at(asked.record)
    ends_at, number = time.monotonic() + asked.minutes * 60, asked.round or 0
    while (repeats or record.total < asked.count) and time.monotonic() < ends_at:
        run_round(number, record, ends_at, asked.call)
        print(f"round {number}: {record.total} requests, {len(record.faults)} faults", flush=True)
        number += 1
        if repeats:
            break
    for call, tried in sorted(by_call(record).items()):
        print(f"{tried:>7}  {call}")
    print(f"{record.total} requests to {len(by_call(record))} calls, {len(record.faults)} faults; "
          f"answers by status: {dict(sorted(record.statuses.items()))}")  # fmt: skip
    if record.faults:
        return 1
    return 0 if repeats or record.total >= asked.count else 2


if __name__ == "__main__":
    sys.exit(main())
