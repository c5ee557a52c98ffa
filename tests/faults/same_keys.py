"""`python -m tests.faults.same_keys`: 32 senders at once for each of 1,000 Idempotency-Keys, over HTTP against the real
process: one case for each key, and every sender of a key reads the same answer."""

from __future__ import annotations

import argparse
import http.client
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.faults import oracle
from tests.faults.driver import WARM, Client, server
from tests.faults.points import Plan

TRIES = 200  # of one sender that is asked to come back


def main(arguments: list[str] | None = None) -> int:
    """The whole run; returns the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=1000)
    parser.add_argument("--senders", type=int, default=32)
    parser.add_argument("--url")
    given = parser.parse_args(arguments)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, server(Path(name), given.url) as running:
        running.fork(Plan())
        answers, said = race(running.port, given.keys, given.senders)
        url = given.url or f"sqlite:///{Path(name) / 'kiosk.db'}"
        client = Client(running.port)
        answers[WARM] = [client.post(WARM)[1]]
        client.close()
        running.end(signal.SIGTERM)
        first = {key: all_of[0] for key, all_of in answers.items()}
        wrong = oracle.faults(url, first, len(first))
        wrong += [
            f"{key}: answers differ" for key, all_of in answers.items() if any(one != all_of[0] for one in all_of)
        ]
        cases = len(oracle.case_numbers(url)) - 1
    whole = sum(1 for key, all_of in answers.items() if len(all_of) == given.senders or key == WARM) - 1
    print(
        f"{given.keys} keys x {given.senders} senders in {time.monotonic() - begun:.0f} s: {cases} cases, {whole} keys "
        f"answered alike to everybody, answers {dict(said)}; {len(wrong)} faults"
    )
    for one in wrong:
        print(f"FAULT {one}")
    return 0 if not wrong and cases == whole == given.keys else 1


def race(port: int, keys: int, senders: int) -> tuple[dict[str, list[Any]], Counter[str]]:
    """All senders go through the keys together, one key at a time. (answers by key, answers by status)."""
    answers: dict[str, list[Any]] = {f"same-key-{number}": [] for number in range(keys)}
    said, lock, together = Counter[str](), threading.Lock(), threading.Barrier(senders)

    def send() -> None:
        client = Client(port)
        for key in answers:
            together.wait()
            for _ in range(TRIES):
                try:
                    status, body = client.post(key)
                except (OSError, http.client.HTTPException, ValueError):
                    status, body = 0, {}
                with lock:
                    said[str(status)] += 1
                    if status == 201:
                        answers[key].append(body)
                if status == 201:
                    break
                time.sleep(0.02)  # asked to come back, or refused a connection
        client.close()

    threads = [threading.Thread(target=send) for _ in range(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, said


if __name__ == "__main__":
    sys.exit(main())
