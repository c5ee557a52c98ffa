"""`python -m tests.bench.crowd`: a turn through the whole stack while several citizens talk at once, and the assistant's memory.

The baseline is one citizen alone, in the same run. Each citizen is a simulated one with a story and habits. They
send the next message PAUSE seconds after the last answer, which is faster than anybody types; then without a pause.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.bench.__main__ import percentile
from tests.simulated.citizen import Citizen
from tests.stack import Stack, start_stack, stop_stack

TOGETHER, PETITIONS, PAUSE = 4, 6, 0.5


def file(stack: Stack, seeds: range, taken: list[float], pause: float = 0.0) -> None:
    """Petitions one after another; milliseconds of each turn."""
    for seed in seeds:
        session = secrets.token_urlsafe(18)

        def say(text: str, session: str = session) -> dict[str, Any]:
            time.sleep(pause)
            begin = time.perf_counter()
            answer = stack.chat(text, session)
            taken.append((time.perf_counter() - begin) * 1000)
            return answer

        Citizen(seed).file(say)


def measure(stack: Stack, together: int, first: int, pause: float) -> list[float]:
    """Milliseconds of every turn of `together` citizens who talk at the same time."""
    taken: list[list[float]] = [[] for _ in range(together)]
    threads = [
        threading.Thread(
            target=file, args=(stack, range(first + PETITIONS * at, first + PETITIONS * (at + 1)), one, pause)
        )
        for at, one in enumerate(taken)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for times in taken for one in times]


def memory(pid: int) -> float:
    """MB that are resident."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def main() -> None:
    """One citizen, then several; then what Rasa and the action server hold."""
    with tempfile.TemporaryDirectory() as folder:
        stack = start_stack(Path(folder))
        try:
            file(stack, range(2), [])
            for first, together, pause in ((100, 1, PAUSE), (200, TOGETHER, PAUSE), (300, TOGETHER, 0.0)):
                turns = measure(stack, together, first, pause)
                print(
                    f"{together} at once, {pause} s between: median {statistics.median(turns):.0f} ms, "
                    f"p99 {percentile(turns, 0.99):.0f} ms of {len(turns)} turns"
                )
            children = stack.children()
            held = {name: memory(children[name]) for name in ("rasa", "actions")}
            print(", ".join(f"{name} {size:.0f} MB" for name, size in held.items()))
        finally:
            stop_stack(stack)


if __name__ == "__main__":
    main()
