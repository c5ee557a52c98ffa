"""Every process is killed repeatedly while people submit petitions and talk.

Eight kills in an ordinary run; with KIOSK_LONG_TESTS=1 two hundred over five minutes, and then the
longest time without an answer is held against the figure as well.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.factories import petition
from tests.stack import Stack
from tests.waiting import talks, wait_for

LONG = os.environ.get("KIOSK_LONG_TESTS") == "1"
KILLS, PAUSE_S = (200, 1.5) if LONG else (8, 1.0)
MOST_S = 3.0
PARTS = ("api", "worker", "actions", "rasa")


@dataclass
class Person:
    """Repeats one action; records the answers and their times."""

    stack: Stack
    ended: threading.Event
    done: dict[str, Any] = field(default_factory=dict)
    answered_at: list[float] = field(default_factory=lambda: [time.monotonic()])

    def go_on(self, once: Callable[[httpx.Client], bool]) -> None:
        with httpx.Client(base_url=self.stack.base_url, timeout=20, trust_env=False) as client:
            while not self.ended.is_set():
                try:
                    answered = once(client)
                except httpx.HTTPError:
                    answered = False  # connection lost: repeat under the same key
                if answered:
                    self.answered_at.append(time.monotonic())
                self.ended.wait(0.1)

    def submit(self) -> None:
        def once(client: httpx.Client) -> bool:
            key = f"among-kills-{id(self)}-{len(self.done)}"
            answer = client.post("/api/v1/petitions", json=petition(),
                                 headers={"Idempotency-Key": key})  # fmt: skip
            if answer.status_code == 201:
                self.done[key] = answer.json()
            return answer.status_code == 201

        self.go_on(once)

    def talk(self) -> None:
        def once(client: httpx.Client) -> bool:
            answer = client.post("/api/v1/chat", json={"text": "你好"})
            return answer.status_code == 200 and bool(answer.json()["replies"])

        self.go_on(once)

    def longest_wait(self) -> float:
        times = self.answered_at
        return max(later - before for before, later in zip(times, times[1:], strict=False))


def kill_one(stack: Stack, names: list[str]) -> str:
    """Kill the next running process of the list, with its children."""
    while True:
        running = stack.children()
        name = next((one for one in names if one in running), None)
        if name is not None:
            try:
                os.killpg(running[name], signal.SIGKILL)
            except ProcessLookupError:
                continue
            names.remove(name)
            return name
        time.sleep(0.05)


def test_repeated_kills_lose_nothing_that_was_acknowledged(stack: Stack) -> None:
    ended = threading.Event()
    submitting, talking = (Person(stack, ended) for _ in range(2))
    threads = [threading.Thread(target=submitting.submit), threading.Thread(target=talking.talk)]
    for thread in threads:
        thread.start()
    order, chance = [], random.Random(14)
    for _ in range(KILLS // len(PARTS)):
        order += chance.sample(PARTS, len(PARTS))
    done = [kill_one(stack, order)]
    while order:
        ended.wait(PAUSE_S)
        done.append(kill_one(stack, order))
    before = len(submitting.done), len(talking.answered_at)
    wait_for(lambda: len(submitting.done) > before[0] and len(talking.answered_at) > before[1])
    ended.set()
    for thread in threads:
        thread.join(60)
    wait_for(lambda: set(stack.children()) == set(PARTS))
    wait_for(lambda: talks(stack))
    assert len(done) == KILLS

    with sqlite3.connect(stack.data_dir / "kiosk.db") as store:
        kept = {number for (number,) in store.execute("SELECT case_number FROM cases")}
    acknowledged = {str(one["case_number"]) for one in submitting.done.values()}
    assert len(acknowledged) == len(submitting.done)
    assert acknowledged <= kept
    key, answer = next(reversed(submitting.done.items()))
    again = stack.client.post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key})
    assert again.json() == answer
    waits = {"petitions": submitting.longest_wait(), "chat": talking.longest_wait()}
    print(f"{len(done)} kills, {len(acknowledged)} petitions, "
          f"{len(talking.answered_at)} turns, longest waits {waits}")  # fmt: skip
    assert not LONG or max(waits.values()) <= MOST_S, waits
