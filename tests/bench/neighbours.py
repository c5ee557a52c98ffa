"""`python -m tests.bench.neighbours`: how long others wait for the assistant while one person sends hostile texts.

The baseline is the same: one person who talks as fast with ordinary texts. So only what is hostile
about the texts is measured, not that two people share the cores. Figures are of the same run, in turns.
"""

from __future__ import annotations

import itertools
import secrets
import statistics
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.attacks.texts import HOSTILE
from tests.bench.__main__ import TURNS, percentile, timed
from tests.stack import Stack, start_stack, stop_stack

LONGEST = 2_000  # what /api/v1/chat accepts; longer texts are refused unread
ROUNDS, TALKS = 4, 5
TELLING = "去年三月村里修路占了我家一亩二分地，说好四月给补偿款，到现在一分没给。"


def chat(client: httpx.Client, session: str, text: str) -> None:
    answer = client.post("/api/v1/chat", json={"session_id": session, "text": text})
    assert answer.status_code == 200 or not text.strip(), answer.text  # only blank texts are refused


@contextmanager
def talking(stack: Stack, texts: Iterable[str]) -> Iterator[None]:
    """One person sends the texts one after the other, each in a new conversation, until the block ends."""
    ended = threading.Event()

    def go_on() -> None:
        with httpx.Client(base_url=stack.base_url, timeout=60, trust_env=False) as client:
            for text in itertools.cycle(texts):
                if ended.is_set():
                    return
                session = secrets.token_urlsafe(18)
                chat(client, session, "我要反映问题")
                chat(client, session, text)

    thread = threading.Thread(target=go_on)
    thread.start()
    yield
    ended.set()
    thread.join(120)


def others(stack: Stack) -> list[float]:
    """Milliseconds of every turn of some ordinary talks."""
    taken: list[float] = []
    with httpx.Client(base_url=stack.base_url, timeout=60, trust_env=False) as client:
        for _ in range(TALKS):
            session = secrets.token_urlsafe(18)
            taken += [timed(lambda text=text, session=session: chat(client, session, text)) for text in TURNS]
    return taken


def main() -> None:
    """Print median and 99th percentile beside each person."""
    hostile = [text[:LONGEST] for text in HOSTILE.values()]
    usual = [(TELLING * 99)[:LONGEST]]
    beside: dict[str, list[float]] = {"usual": [], "hostile": []}
    with tempfile.TemporaryDirectory() as folder:
        stack = start_stack(Path(folder))
        try:
            others(stack)  # warm
            for _ in range(ROUNDS):
                for name, texts in (("usual", usual), ("hostile", hostile)):
                    with talking(stack, texts):
                        beside[name] += others(stack)
        finally:
            stop_stack(stack)
    for name, taken in beside.items():
        print(
            f"beside somebody with {name} texts: median {statistics.median(taken):.0f} ms, "
            f"p99 {percentile(taken, 0.99):.0f} ms of {len(taken)} turns"
        )
    ratio = percentile(beside["hostile"], 0.99) / percentile(beside["usual"], 0.99)
    print(f"p99 hostile to usual: {ratio:.2f}")


if __name__ == "__main__":
    main()
