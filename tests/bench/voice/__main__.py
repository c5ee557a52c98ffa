"""`python -m tests.bench.voice [--few] [--rounds N]`, in the environment of the voice: Markdown tables.

Speaking: sentences of the product in its voice, recognised. Hearing: sentences as citizens say them, by voices other
than the product's, at three speeds, clean and with noise, with and without repair of homophones. The process: seconds
from the end of a piece to its words, processor time and memory.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench.voice import hearing, process, product

ROWS = Path(__file__).resolve().parents[3] / "var" / "bench" / "voice.jsonl"


def main() -> None:
    """Everything, or one part of it."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--few", action="store_true", help="every twelfth sentence")
    reader.add_argument("--rounds", type=int, default=len(hearing.SPEEDS), help="speeds of each sentence")
    reader.add_argument("--part", choices=("speaking", "hearing", "process"))
    asked = reader.parse_args()
    if asked.part in (None, "process"):
        _print("The process", process.table())
    if asked.part in (None, "speaking"):
        _print("Speaking", product.table(few=asked.few))
    if asked.part in (None, "hearing"):
        _print("Hearing", hearing.table(hearing.measured(ROWS, few=asked.few, rounds=asked.rounds)))


def _print(title: str, text: str) -> None:
    sys.stdout.write(f"## {title}\n\n{text}\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
