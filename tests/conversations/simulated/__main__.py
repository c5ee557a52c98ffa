"""`make bench-citizens`: many simulated citizens from a fresh seed, as Markdown tables.

Nobody is real and nothing is stored. `--people`, `--seed`, `--runs 8 --stable 60`, `--show N` prints talks that went wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence

from tests.bot.helpers import reader
from tests.conversations.simulated.person import Person
from tests.conversations.simulated.talk import Outcome, meet


def main(given: Sequence[str] | None = None) -> int:
    """Both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000 * 1000)
    parser.add_argument("--stable", type=int, default=60)
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--only", default="", help="show only this fault, field or behaviour")
    options = parser.parse_args(given)
    read = reader().read
    print(f"People from seed {options.seed}.\n")
    found = [meet(Person(options.seed + place), read) for place in range(options.people)]
    report(found)
    if options.stable:
        stability(options.seed + 500_000, options.stable, options.runs)
    bad = [one for one in found if not one.right and matches(one, options.only)]
    for one in bad[: options.show]:
        print(transcript(one))
    return 0


def matches(one: Outcome, only: str) -> bool:
    return not only or only in one.fault or only in one.wrong or only in one.person.behaviours


def report(found: Sequence[Outcome]) -> None:
    """All, by behaviour, by voice; then what went wrong."""
    print("| people | right | registered with a wrong field | not registered | turns, median | turns not understood |")
    print("|---|---|---|---|---|---|")
    print(_row("all", found))
    for title, of in (("behaviour", lambda one: one.person.behaviours), ("voice", lambda one: (one.person.voice,))):
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for one in found:
            for name in of(one):
                groups[name].append(one)
        print(f"| *by {title}* | | | | | |")
        for name, group in sorted(groups.items()):
            print(_row(name, group))
    faults = Counter(fault for one in found for fault in (*one.wrong, *([one.fault] if one.fault else [])))
    print("\n" + "\n".join(f"- {times} × {name}" for name, times in faults.most_common(30)))
    print(f"- {sum(len(one.wrong) for one in found)} fields registered silently wrong")
    print(f"- {sum(one.repeated for one in found)} sentences said three times or more in one talk")


def _row(name: str, group: Sequence[Outcome]) -> str:
    right = sum(one.right for one in group)
    wrong, lost = sum(bool(one.wrong) for one in group), sum(bool(one.fault) for one in group)
    turns = sorted(one.turns for one in group)
    missed = sum(one.missed for one in group) / max(sum(turns), 1)
    return (f"| {name} ({len(group)}) | {right / len(group):.1%} | {wrong} | {lost} | {turns[len(turns) // 2]} | {missed:.1%} |")  # fmt: skip


def stability(seed: int, people: int, runs: int) -> None:
    """The same person in other words: right every time?"""
    good = 0
    for place in range(people):
        outcomes = [meet(Person(seed + place, telling), reader().read) for telling in range(runs)]
        good += all(one.right for one in outcomes)
    print(f"\nRight in all {runs} tellings: {good} of {people} people ({good / people:.0%}).")


def transcript(one: Outcome) -> str:
    """A talk as it went."""
    person = one.person
    lines = [f"\n### {person.seed} {person.voice} {person.behaviours} · wrong {one.wrong} · fault {one.fault}"]
    lines.append(f"truth {person.truth} {person.side} {person.request}")
    lines += [f"> {said}\n  [{asked}] {answer}" for said, answer, asked in one.log]
    lines.append(f"kept {one.body}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
