"""`python -m tests.bench.messengers`: how long a platform waits for its answer, at ten messages a second.

First the whole stack, each person telling a petition over Twilio's door; then one API process with an assistant that is
stopped, hangs, or takes four seconds for each turn. Messages come at fixed moments, whether the ones before are answered
or not, but a person sends the next one only after an answer.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from twilio.request_validator import RequestValidator

from tests.bench.__main__ import percentile
from tests.channels.api_process import HOME, SECRET, FakeRasa, api_processes
from tests.conversations.scripts import ANSWERS, SLOTS
from tests.factories import new_store
from tests.ports import reserved
from tests.stack import start_stack, stop_stack

A_SECOND, MESSAGES = 10, 600
LINES = ["你好", "我要反映问题", *(ANSWERS[slot] for slot in SLOTS[:-1]), "确认提交"]


class Platform:
    """Sends what is due to one door; milliseconds of each answer, and how many came late."""

    def __init__(self, url: str, home: str, people: int) -> None:
        self._url, self._home, self._people = url, home, people
        self._client = httpx.Client(trust_env=False, timeout=60, limits=httpx.Limits(max_connections=people))
        self._lock = threading.Lock()
        self._sent = 0
        self.taken: list[float] = []
        self.late = self.failed = self.behind = 0

    def run(self) -> None:
        """All messages; each person is a thread."""
        self._began = time.monotonic()
        threads = [threading.Thread(target=self._person) for _ in range(self._people)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    def _person(self) -> None:
        number, place = f"+86139{secrets.randbelow(10**8):08}", 0
        while True:
            with self._lock:
                due, self._sent = self._began + self._sent / A_SECOND, self._sent + 1
                if self._sent > MESSAGES:
                    return
            time.sleep(max(due - time.monotonic(), 0.0))
            if time.monotonic() - due > 0.5:
                with self._lock:
                    self.behind += 1
            self._send(number, LINES[place])
            place += 1
            if place == len(LINES):
                number, place = f"+86139{secrets.randbelow(10**8):08}", 0

    def _send(self, number: str, text: str) -> None:
        fields = {"From": number, "To": "+8613800000000", "Body": text, "MessageSid": f"SM{secrets.token_hex(16)}"}
        signature = RequestValidator(SECRET).compute_signature(f"{self._home}/channels/twilio", fields)
        began = time.perf_counter()
        answer = self._client.post(
            f"{self._url}/channels/twilio", data=fields, headers={"X-Twilio-Signature": signature}
        )
        took = (time.perf_counter() - began) * 1000
        with self._lock:
            self.taken.append(took)
            self.failed += answer.status_code != httpx.codes.OK
            self.late += "<Message>" not in answer.text or "我把回答一起给您" in answer.text


def seconds_of(pid: int) -> float:
    """Processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(name: str, platform: Platform, sent_at: Sequence[int] = (50, 95, 99)) -> None:
    """One line of figures."""
    shares = ", ".join(f"p{one} {percentile(platform.taken, one / 100):.0f} ms" for one in sent_at)
    print(
        f"{name}: {shares}, longest {max(platform.taken):.0f} ms; of {len(platform.taken)} messages {platform.late} late, "
        f"{platform.failed} failed, {platform.behind} sent behind time"
    )


def whole_stack() -> None:
    """The real assistant."""
    os.environ["TWILIO_AUTH_TOKEN"] = SECRET
    with tempfile.TemporaryDirectory() as folder:
        stack = start_stack(Path(folder))
        try:
            warm = Platform(stack.base_url, stack.base_url, 2)
            for line in LINES:
                warm._send("+8613900000000", line)
            platform = Platform(stack.base_url, stack.base_url, 30)
            children = stack.children()
            before = {name: seconds_of(pid) for name, pid in children.items()}
            platform.run()
            report("whole stack", platform)
            used = {name: (seconds_of(pid) - before[name]) / MESSAGES * 1000 for name, pid in children.items()}
            print("processor per message: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in sorted(used.items())))
        finally:
            stop_stack(stack)


def without_assistant() -> None:
    """Stopped: nothing listens. Hanging: no turn ends. Slow: four seconds each, side by side."""

    def slow(said: str) -> str:
        time.sleep(4.0)
        return f"听到：{said}"

    def hanging(said: str) -> str:
        time.sleep(60.0)
        return said

    with reserved("RASA") as away, FakeRasa(slow) as slow_one, FakeRasa(hanging) as hanging_one:
        for name, url in (
            ("assistant stopped", f"http://127.0.0.1:{away['RASA']}"),
            ("assistant hangs", hanging_one.url),
            ("assistant takes 4 s", slow_one.url),
        ):
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "kiosk.db").write_bytes(new_store(officers=False))
                with api_processes(1, Path(folder), url, KIOSK_RATE_LIMITS="off") as (door,):
                    platform = Platform(door, HOME, 60)
                    platform.run()
                    report(name, platform)


if __name__ == "__main__":
    whole_stack()
    without_assistant()
