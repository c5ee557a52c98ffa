"""`python -m tests.bench.wechat_answers [MESSAGES]`: WeChat's platform, ten messages a second, against one API process and a worker.

The platform waits five seconds and tries three times, over HTTP, in safe mode. The assistant is prompt, takes four seconds,
hangs, or is stopped. Each message must be answered once: in the reply, or by a message of our own.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.bench.__main__ import percentile
from tests.channels.api_process import HOME, FakeRasa, api_processes
from tests.channels.fake_wechat import AWAY, FakeWechat, Post, environment, over_http
from tests.channels.wechat_calls import serving
from tests.factories import new_store
from tests.ports import reserved
from tests.stack import ROOT

A_SECOND, PEOPLE, LATE_S = 10, 60, 400
HEARD = "听到："


class Crowd:
    """People who write one message after the other, each with a number of its own."""

    def __init__(self, platform: FakeWechat, post: Post, most: int) -> None:
        self._platform, self._post, self._most = platform, post, most
        self._lock = threading.Lock()
        self._sent = 0
        self.taken: list[float] = []
        self.tries: Counter[int] = Counter()
        self.shown: Counter[str] = Counter()
        self.now = self.later = self.broken = 0

    def run(self) -> None:
        self._began = time.monotonic()
        threads = [threading.Thread(target=self._person) for _ in range(PEOPLE)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    def _person(self) -> None:
        person = f"oInvented-{secrets.token_hex(8)}"
        while True:
            with self._lock:
                number, self._sent = self._sent, self._sent + 1
            if number >= self._most:
                return
            time.sleep(max(self._began + number / A_SECOND - time.monotonic(), 0.0))
            began = time.perf_counter()
            answered = self._platform.text(self._post, f"事{number}号", person)
            took = (time.perf_counter() - began) * 1000
            with self._lock:
                self.taken.append(took)
                self.tries[answered.tries] += 1
                self.broken += answered.words == AWAY
                self.now += answered.words is not None
                self.later += answered.words is None
                self.shown.update(_numbers(answered.words or ""))


def _numbers(words: str) -> list[str]:
    """Which messages these words answer."""
    return [line.removeprefix(HEARD) for line in words.splitlines() if line.startswith(HEARD)]


@contextmanager
def worker(folder: Path, rasa_url: str, env: dict[str, str]) -> Iterator[None]:
    """The process that sends late answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kiosk_api.cli", "worker"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KIOSK_DATA_DIR": str(folder), "RASA_URL": rasa_url,
             "KIOSK_PUBLIC_URL": HOME, **env},
    )  # fmt: skip
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def measure(name: str, rasa_url: str, most: int, *, answers: bool) -> None:
    """One line of figures. `answers`: whether the assistant ever does."""
    with (
        tempfile.TemporaryDirectory() as made,
        serving(FakeWechat(lambda: datetime.now(ZoneInfo("Asia/Shanghai")))) as platform,
    ):
        folder = Path(made)
        (folder / "kiosk.db").write_bytes(new_store(officers=False))
        env = environment(platform.url)
        with (
            api_processes(1, folder, rasa_url, KIOSK_RATE_LIMITS="off", **env) as (door,),
            worker(folder, rasa_url, env),
        ):
            crowd = Crowd(platform, over_http(door), most)
            crowd.run()
            until = time.monotonic() + LATE_S
            while answers and time.monotonic() < until and len(crowd.shown) + _brought(platform) < most:
                time.sleep(0.5)
        for one in platform.said:
            crowd.shown.update(_numbers(str(one.get("text", {}).get("content", ""))))
    figures = ", ".join(f"p{one} {percentile(crowd.taken, one / 100):.0f} ms" for one in (50, 95, 99))
    twice = sum(times > 1 for times in crowd.shown.values())
    print(f"{name}: {figures}, longest {max(crowd.taken):.0f}; {most} messages, {crowd.now} answered in the reply, {crowd.later} "
          f"later, {crowd.broken} with the platform's error; tries {dict(crowd.tries)}; {len(crowd.shown)} heard answers, "
          f"{twice} of them twice; {len(platform.said)} messages of our own")  # fmt: skip


def _brought(platform: FakeWechat) -> int:
    return sum(len(_numbers(str(one.get("text", {}).get("content", "")))) for one in list(platform.said))


def main(most: int) -> None:
    """All four assistants."""

    def slow(said: str) -> str:
        time.sleep(4.0)
        return HEARD + said

    def hanging(said: str) -> str:
        time.sleep(60.0)
        return said

    with (
        reserved("RASA") as away,
        FakeRasa(HEARD.__add__) as prompt,
        FakeRasa(slow) as four,
        FakeRasa(hanging) as hangs,
    ):
        measure("assistant prompt", prompt.url, most, answers=True)
        measure("assistant takes 4 s", four.url, most, answers=True)
        measure("assistant hangs", hangs.url, most, answers=False)
        measure("assistant stopped", f"http://127.0.0.1:{away['RASA']}", most, answers=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
