"""Two API processes and two workers over one database, each killed under load, and the server with them."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, text

from kiosk_api.persistence.database import make_engine
from tests.factories import petition
from tests.notices.platform import Platform, running_platform
from tests.postgres_server import server
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
ORDERS = ("api 0", "worker 0", "the server", "worker 1", "api 1")


@dataclass
class Crowd:
    """People who hand in petitions, and ask again with the same key until they have an answer."""

    ports: list[int]
    answers: dict[str, set[str]] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def work(self, number: int) -> None:
        turn = 0
        while not self.stop.is_set():
            turn += 1
            key = f"crowd-{number}-{turn:05d}"
            while not self.hand_in(key, self.ports[(number + turn) % 2]):
                turn += 1
                if self.stop.is_set():
                    break

    def hand_in(self, key: str, port: int) -> bool:
        """Whether it was acknowledged."""
        self.answers.setdefault(key, set())
        try:
            answer = httpx.post(
                f"http://127.0.0.1:{port}/api/v1/petitions", json=petition(), headers={"Idempotency-Key": key},
                timeout=20, trust_env=False,
            )  # fmt: skip
        except httpx.HTTPError:
            self.said["no answer"] += 1
            return False
        self.said[str(answer.status_code)] += 1
        if answer.status_code == 201:
            self.answers[key].add(answer.json()["case_number"])
        return answer.status_code == 201

    def acknowledged(self) -> int:
        return sum(1 for numbers in self.answers.values() if numbers)


@pytest.fixture
def parts(url: str, tmp_path: Path) -> Iterator[tuple[Crowd, subprocess.Popen[str], Platform]]:
    with running_platform() as platform:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.postgresql.two_of_each", str(tmp_path), url, platform.url],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None and process.stdin is not None
        yield Crowd(json.loads(process.stdout.readline())), process, platform
        process.stdin.close()
        process.wait(60)


def under_load(crowd: Crowd, process: subprocess.Popen[str], rounds: int, between: int) -> None:
    """Kill each of them in turn, after every so many acknowledged petitions."""
    assert process.stdout is not None and process.stdin is not None
    people = [threading.Thread(target=crowd.work, args=(number,)) for number in range(6)]
    for one in people:
        one.start()
    try:
        for order in ORDERS * rounds:
            reached = crowd.acknowledged() + between
            wait_for(lambda reached=reached: crowd.acknowledged() >= reached)
            if order == "the server":
                server().restart()
                continue
            process.stdin.write(f"{order}\n")
            process.stdin.flush()
            assert process.stdout.readline() == "done\n"
        reached = crowd.acknowledged() + between
        wait_for(lambda: crowd.acknowledged() >= reached)
    finally:
        crowd.stop.set()
        for one in people:
            one.join()


def settle(crowd: Crowd) -> None:
    """Everybody asks once more, at the other process: the same answer, or one case now."""
    for turn, key in enumerate(list(crowd.answers)):
        wait_for(lambda key=key, turn=turn: crowd.hand_in(key, crowd.ports[turn % 2]))


def wrong(connection: Connection, crowd: Crowd) -> list[str]:
    """What was lost, doubled or left half done."""

    def all_of(statement: str) -> list[Any]:
        return list(connection.execute(text(statement)).scalars())

    numbers = all_of("SELECT case_number FROM cases")
    told = {key: numbers_of for key, numbers_of in crowd.answers.items()}
    faults = [f"{key}: {len(found)} numbers" for key, found in told.items() if len(found) != 1]
    faults += [f"{one} acknowledged and not stored" for one in set().union(*told.values()) - set(numbers)]
    if len(numbers) != len(told) or len(set(numbers)) != len(numbers):
        faults.append(f"{len(numbers)} cases of {len(told)} keys")
    for name, statement in (
        ("cases without a first event", "SELECT id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM events WHERE case_id = c.id AND seq = 0)"),
        ("cases without clocks", "SELECT id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM case_clocks WHERE case_id = c.id)"),
        ("cases without a notice", "SELECT id FROM cases c WHERE (SELECT count(*) FROM petitioner_notices WHERE case_id = c.id) <> 1"),
        ("messages of no case", "SELECT id FROM outbox o WHERE case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cases WHERE id = o.case_id)"),
    ):  # fmt: skip
        faults += [f"{name}: {one}" for one in all_of(statement)]
    if len(all_of("SELECT key_mark FROM idempotency")) != len(numbers):
        faults.append("an answer without its case, or a case without its answer")
    return faults


def check(crowd: Crowd, platform: Platform, url: str) -> str:
    """Wait until every notice is told, and look at everything. Returns a line of figures."""
    engine = make_engine(url)

    def untold() -> int:
        with engine.connect() as connection:
            return int(
                connection.execute(text("SELECT count(*) FROM petitioner_notices WHERE state <> 'told'")).scalar_one()
            )

    wait_for(lambda: untold() == 0)
    with engine.connect() as connection:
        assert wrong(connection, crowd) == []
        attempts = set(connection.execute(text("SELECT id FROM notice_attempts")).scalars())
    engine.dispose()
    delivered = platform.delivered()
    assert platform.sent_again_unasked() == []
    assert delivered.keys() == attempts
    assert set(delivered.values()) == {1}
    return f"{len(crowd.answers)} cases, each told once; answers {dict(crowd.said)}"


@pytest.mark.long
def test_nothing_is_lost_or_done_twice_when_each_of_them_is_killed(
    parts: tuple[Crowd, subprocess.Popen[str], Platform], url: str
) -> None:
    crowd, process, platform = parts
    under_load(crowd, process, rounds=2, between=15)
    settle(crowd)
    print(check(crowd, platform, url))
