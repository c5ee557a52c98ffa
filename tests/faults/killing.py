"""`python -m tests.faults.killing`: the API is killed again and again, at named points and at random moments, while a crowd
hands in petitions over HTTP. Prints a table of the points and ends with status 1 when anything was lost, doubled
or left half-done.

    --kills N       deaths in all (2,000)
    --each-point    the same number at every point, and as many at random moments
    --act           kill, or error (MemoryError) or full (SQLite's own) at the points
    --url           another store, such as postgresql+psycopg://…; it must be empty
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults import oracle
from tests.faults.driver import WARM, Client, Crowd, Server, server, until
from tests.faults.points import Plan

RANDOM, LISTED = "at random", "the-one-that-is-listed"
LONGEST_S = 0.12  # of a process that is killed at random: some twenty petitions
NTH = 5  # up to which passing of a point it happens


def main(arguments: list[str] | None = None) -> int:
    """The whole run; returns the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--each-point", action="store_true")
    parser.add_argument("--act", choices=("kill", "error", "full"), default="kill")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--url")
    parser.add_argument("--seed", type=int, default=21)
    given = parser.parse_args(arguments)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, server(Path(name), given.url) as running:
        wrong, table, crowd = run(running, given)
        url = given.url or f"sqlite:///{running.folder / 'kiosk.db'}"
        running.fork(Plan())
        wrong += settle(running, crowd, url)
        running.end(signal.SIGTERM)
    for point, count in table.items():
        print(f"{count:6d}  {point}")
    print(
        f"{sum(table.values())} times {given.act} in {time.monotonic() - begun:.0f} s: {len(crowd.acknowledged)} cases, "
        f"answers {dict(crowd.said)}; {len(wrong)} faults"
    )
    for one in wrong:
        print(f"FAULT {one}")
    return 1 if wrong else 0


def run(running: Server, given: argparse.Namespace) -> tuple[list[str], Counter[str], Crowd]:
    """(what was wrong, times by point, the crowd)."""
    chance, table, wrong = random.Random(given.seed), Counter[str](), list[str]()
    points = listed(running)
    if given.act == "full":
        points = [one for one in points if one.startswith("before ")]
    where = [*points, *([RANDOM] * (len(points) if given.act == "kill" else 0))]
    url = given.url or f"sqlite:///{running.folder / 'kiosk.db'}"
    with Crowd(running.port, given.clients) as crowd:
        for count in range(given.kills):
            point = where[count % len(where)] if given.each_point else chance.choice(where)
            table[point] += 1
            before = sum(crowd.said.values())
            if point == RANDOM:
                running.fork(Plan(act="kill", point="never"))
                time.sleep(chance.uniform(0, LONGEST_S))
                running.end()
            elif given.act == "kill":
                running.fork(Plan("kill", point, chance.randint(1, NTH)))
                if not running.wait_for_end():
                    wrong.append(f"never came to {point}")
                    running.end()
            else:
                running.fork(Plan(given.act, point, chance.randint(1, NTH)))
                until(lambda enough=before + 2 * NTH: sum(crowd.said.values()) > enough, f"no answers after {point}")
                running.end()
            if count % 50 == 49:  # the process is dead: what it acknowledged must be there
                told = {str(one["case_number"]) for one in list(crowd.acknowledged.values())}
                if missing := told - oracle.case_numbers(url):
                    wrong.append(f"after {count + 1}: {len(missing)} acknowledged and not stored")
        running.fork(Plan())
    running.end(signal.SIGTERM)
    return [*wrong, *crowd.wrong], table, crowd


def listed(running: Server) -> list[str]:
    """Every point that one petition passes, in order."""
    running.fork(Plan("list"))
    client = Client(running.port)
    assert client.post(WARM)[0] == 201
    listing = running.plan.with_suffix(".points")
    listing.write_text("", encoding="utf-8")
    client.post(LISTED)
    until(lambda: "sent" in listing.read_text(encoding="utf-8").split("\n"), "the points of a petition")
    running.end(signal.SIGTERM)
    client.close()
    return listing.read_text(encoding="utf-8").split("\n")[:-1]


def settle(running: Server, crowd: Crowd, url: str) -> list[str]:
    """Ask for every key again: known ones give the same answer, the others exactly one case."""
    wrong, client = oracle.faults(url, crowd.acknowledged), Client(running.port)
    open_before, known = sorted(crowd.unknown), list(crowd.acknowledged)
    for key in [WARM, LISTED, *open_before, *random.Random(1).sample(known, min(len(known), 300))]:
        if not crowd.hand_in(client, key):
            wrong.append(f"{key}: not answered at the end")
    client.close()
    return [*wrong, *crowd.wrong, *oracle.faults(url, crowd.acknowledged, len(crowd.acknowledged))]


if __name__ == "__main__":
    sys.exit(main())
