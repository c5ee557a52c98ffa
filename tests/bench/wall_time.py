"""Does the time of an answer tell an accused unit that there is a case? `python -m tests.bench.wall_time`

Interleaved requests in one process for a number of a case that the officer stands outside of and for numbers that do not
exist, in random order; the medians and the probability that chance alone makes them differ so much (Mann-Whitney, normal
approximation with ties). The baseline is a second set of unknown numbers: it shows what the machine's noise is.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import tempfile
import time
from itertools import product
from pathlib import Path

from kiosk_api.domain.workflow import Role
from tests.wall.world import World, build

ASKED = {
    "the case": "/api/v1/desk/cases/{}",
    "its page": "/desk/cases/{}",
    "a search": "/api/v1/desk/cases?view=all&q={}",
}
STANDINGS = ((Role.RESPONSIBLE_UNIT, "accused"), (Role.UNIT_LEADER, "accused"), (Role.RESPONSIBLE_UNIT, "person"))


def main() -> None:
    """Print a row for each standing."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=1500)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        world = build(Path(folder))
        print("| who asks for what | stored case, ms | unknown, ms | p | unknown again, ms | p |")
        print("|---|---|---|---|---|---|")
        for (role, standing), (what, address) in product(STANDINGS, ASKED.items()):
            walled, unknown, again = compare(world, role, standing, address, rounds)
            who = f"{role.value}, {standing}, {what}"
            row = f"| {who} | {median(walled)} | {median(unknown)} | {chance(walled, unknown):.3f} "
            print(f"{row}| {median(again)} | {chance(again, unknown):.3f} |", flush=True)


def compare(
    world: World, role: Role, standing: str, address: str, rounds: int
) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each answer: for the stored case, for an unknown number, for another unknown number."""
    number = world.ids["accused" if standing == "accused" else "other"]["number"]
    kinds = (number, _other(number, "8"), _other(number, "9"))
    client, token = world.full.app.test_client(), world.sessions[role, standing]
    client.set_cookie("desk_session", token, path="/desk")
    headers = {"Authorization": f"Bearer {token}"}
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    chosen = random.Random(1)
    for turn in range(rounds + 50):
        for kind in chosen.sample(range(3), 3):
            began = time.perf_counter()
            answer = client.get(address.format(kinds[kind]), headers=headers)
            took = time.perf_counter() - began
            assert answer.status_code == (200 if "?" in address else 404)
            if turn >= 50:  # the first ones warm up
                times[kind].append(took)
    return times


def _other(number: str, last: str) -> str:
    """A number of the same form that no case has."""
    return f"{number[:-4]}99{last}{number[-1]}" if len(number) > 8 else number + last


def median(times: list[float]) -> str:
    """In milliseconds."""
    return f"{1000 * statistics.median(times):.3f}"


def chance(one: list[float], other: list[float]) -> float:
    """The two-sided p of the Mann-Whitney test."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    rank_sum = sum(place for place, (_, kind) in enumerate(ranked, 1) if kind == 0)
    n, m = len(one), len(other)
    mean, deviation = n * (n + m + 1) / 2, math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(rank_sum - mean) / deviation / math.sqrt(2))


if __name__ == "__main__":
    main()
