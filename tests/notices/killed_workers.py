"""Workers that are killed, each forked with everything loaded, so that a thousand take minutes.

Each lives on a later clock: leases of the one before have run out, and its pauses have passed. It registers a petition,
tells what is to be told, and is killed by its own hand at a named point, or by its parent at a random moment.

`python -m tests.notices.killed_workers FOLDER URL KILLS SEED` prints how many were killed and where.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk_api.domain.policy import QUIET_FROM, QUIET_UNTIL
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.idempotency import Submission
from kiosk_api.services.base.ports import Store
from kiosk_api.services.base.sending import Delivery, Lost, Outgoing
from kiosk_api.services.notices.delivery import deliver_one
from kiosk_api.services.notices.planning import plan
from kiosk_api.services.petitions.submit_petition import submit_petition
from tests.factories import START, fresh_app, petition
from tests.notices.platform import PlatformSender

STEP = timedelta(minutes=5)
MOODS = ("ok",) * 5 + ("busy", "lost", "dropped", "forgotten")
POINTS = ("before_commit", "after_commit", "before_send", "after_send", "before_find", "after_find")
LIVES_S = 0.12  # at the most, where it is killed at random


@dataclass
class Doom:
    """Kills this process when the named point is reached so many times."""

    point: str = ""
    left: int = 0

    def at(self, point: str) -> None:
        if point == self.point:
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


class DoomedStore:
    """A store whose worker may die just before or just after a commit."""

    def __init__(self, store: Store, doom: Doom) -> None:
        self._store, self._doom = store, doom

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def write(self) -> Iterator[Any]:
        with self._store.write() as records:
            yield records
            self._doom.at("before_commit")
        self._doom.at("after_commit")


class DoomedSender(PlatformSender):
    """A sender whose worker may die around a request."""

    def __init__(self, url: str, doom: Doom) -> None:
        super().__init__(url)
        self._doom = doom

    def send(self, to: str, message: Outgoing) -> str:
        self._doom.at("before_send")
        try:
            return super().send(to, message)
        finally:
            self._doom.at("after_send")

    def find(self, key: str, platform_id: str, lost: Lost | None = None) -> Delivery:
        self._doom.at("before_find")
        found = super().find(key, platform_id, lost)
        self._doom.at("after_find")
        return found


def awake(at: datetime) -> datetime:
    """This moment, or the next in which anything is sent."""
    if QUIET_UNTIL <= at.time() < QUIET_FROM:
        return at
    day = at.date() + timedelta(days=1 if at.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_UNTIL, at.tzinfo)


def live(ctx: Context, sender: PlatformSender, number: int) -> None:
    """One worker's life: until nothing is left to do."""
    submit_petition(ctx, Submission(f"among-kills-{number}", petition()), "test")
    while True:
        planned = plan(ctx)
        told = deliver_one(ctx, sender.name, sender)
        if not planned and told is None:
            return


def main(folder: Path, url: str, kills: int, seed: int) -> None:
    """Fork one after the other; the last is not killed, on a clock so late that every pause has passed."""
    chance = random.Random(seed)
    ctx: Context = fresh_app(folder).extensions["kiosk"]
    ctx.store.close()
    at, done, number = START, Counter[str](), 0
    while sum(done.values()) < kills:
        number += 1
        at = awake(at + STEP)
        point = chance.choice((*POINTS, "random"))
        doom = Doom() if point == "random" else Doom(point, chance.randint(1, 4))
        seconds = chance.uniform(0.001, LIVES_S) if point == "random" else None
        if _forked(ctx, url, doom, at, number, seconds):
            done[point] += 1
    for _ in range(40):  # pauses of up to two hours, and asks after doubt
        at = awake(at + timedelta(hours=3))
        assert not _forked(ctx, url, Doom(), at, number, None)
    print(json.dumps(done))


def _forked(ctx: Context, url: str, doom: Doom, at: datetime, number: int, seconds: float | None) -> bool:
    """Whether the worker was killed."""
    worker = os.fork()
    if worker == 0:
        code = 1
        try:
            doomed: Any = DoomedStore(ctx.store, doom)
            sender = DoomedSender(url, doom)
            own = replace(ctx, store=doomed, clock=SettableClock(at), senders={"sms": sender}, rate_limits=False)
            live(own, sender, number)
            code = 0
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "a worker failed by itself"
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
