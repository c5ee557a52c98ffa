"""`make coverage`: the branches of `kiosk_api/domain` and `kiosk_api/services` that tests without a browser walk.

The parts run one after the other; what is not listed in PARTS (browsers, the trained assistant, whole stacks) would only
add to the figure. Prints every file that is not walked whole, and both totals; fails below LEAST.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "tests/quality/coverage.ini"
DATA = ROOT / "var/coverage"
LEAST = 0.95
PARTS = (
    ("tests/domain", "tests/organisation", "tests/contract", "tests/documents"),
    ("tests/web",),
    ("tests/channels", "tests/notices", "tests/attachments", "tests/handbook"),
    ("tests/wall", "tests/lives"),
    ("tests/audit", "tests/retention", "tests/data_map"),
    ("tests/attacks",),
)
# These measure branches themselves; a measurement inside another one loses what it looks for.
LEFT_OUT = (
    "tests/domain/test_wall.py::test_every_branch_of_these_rules_is_tested",
    "tests/lives/test_branches.py::test_every_branch_of_the_deciding_functions_is_walked",
    "tests/attacks/test_nginx.py",
    "tests/web/test_postgresql.py",
)


def run(part: tuple[str, ...], workers: int) -> bool:
    """Run one part with its branches recorded; whether its tests passed."""
    left_out = [word for one in LEFT_OUT for word in ("--deselect", one)]
    done = subprocess.run(
        [sys.executable, "-m", "coverage", "run", f"--rcfile={RULES}", "-m", "pytest", "-q", "-n", str(workers),
         *left_out, *part],
        cwd=ROOT, env={**os.environ, "COVERAGE_RCFILE": str(RULES)},
    )  # fmt: skip
    return done.returncode == 0


def tool(*given: str) -> None:
    subprocess.run([sys.executable, "-m", "coverage", *given, f"--rcfile={RULES}"], cwd=ROOT, check=True)


def walked(files: dict[str, dict[str, dict[str, int]]], room: str) -> tuple[int, int]:
    """Branches walked, and all of them, below a folder."""
    parts = [one["summary"] for name, one in files.items() if f"kiosk_api/{room}/" in name]
    return sum(one["covered_branches"] for one in parts), sum(one["num_branches"] for one in parts)


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--workers", type=int, default=2)
    given.add_argument("--part", type=int, action="append", help="only this part, added to what was recorded before")
    asked = given.parse_args()
    DATA.mkdir(parents=True, exist_ok=True)
    if asked.part is None:
        tool("erase")
    passed = []
    for one in asked.part or range(len(PARTS)):
        passed.append(run(PARTS[one], asked.workers))
        tool("combine", "--append", "-q")
    tool("report", "--skip-covered")
    tool("json", "-q", "-o", str(DATA / "branches.json"))
    files = json.loads((DATA / "branches.json").read_text())["files"]
    enough = True
    for room in ("domain", "services"):
        some, every = walked(files, room)
        enough = enough and some >= LEAST * every
        print(f"kiosk_api/{room}: {some} of {every} branches, {some / every:.1%}")
    return 0 if enough and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
