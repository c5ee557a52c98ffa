"""`python -m tests.bench.turns`: what the hundredth turn of a conversation costs beside the tenth.

Several conversations go side by side, so that other work on the machine weighs on all their turns
alike; each figure is a median of ten turns of each.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from tests.stack import Stack, start_stack, stop_stack

CONVERSATIONS, TURNS, AROUND = 4, 105, 5
MOST = 1.2


def turn(client: httpx.Client, session: str, number: int) -> float:
    """Milliseconds; the questions differ, so that no cache helps."""
    begin = time.perf_counter()
    answer = client.post("/webhooks/rest/webhook", json={"sender": session, "message": f"{number}号窗口几点上班？"})
    assert answer.json(), answer.text
    return (time.perf_counter() - begin) * 1000


def measure(stack: Stack) -> tuple[float, float]:
    """Median around turn 10 and around turn 100."""
    taken: dict[int, list[float]] = {number: [] for number in range(TURNS)}
    with httpx.Client(base_url=stack.rasa_url, timeout=30, trust_env=False) as client:
        sessions = [secrets.token_urlsafe(18) for _ in range(CONVERSATIONS)]
        for session in sessions:
            turn(client, session, 0)
            client.post("/webhooks/rest/webhook", json={"sender": session, "message": "我要反映问题"})
        for number in range(1, TURNS):
            for session in sessions:
                taken[number].append(turn(client, session, number))

    def around(middle: int) -> float:
        return statistics.median(one for number in range(middle - AROUND, middle + AROUND) for one in taken[number])

    return around(10), around(100)


def main() -> None:
    """Print the ratio; the exit status is 0 if it is within the limit."""
    with tempfile.TemporaryDirectory() as folder:
        stack = start_stack(Path(folder))
        try:
            early, late = measure(stack)
        finally:
            stop_stack(stack)
    print(f"turn 10: {early:.0f} ms  turn 100: {late:.0f} ms  ratio {late / early:.2f} (at most {MOST})")
    raise SystemExit(late > MOST * early)


if __name__ == "__main__":
    main()
