"""`make bench`: speed and memory of the running stack, each beside a baseline of the same run.

Baselines: the same model asked directly over Rasa's REST channel; bare SQLite commits of the same
rows; a bare Flask JSON view under the same server. Ratios travel between machines, times do not.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx

from tests.bench.voice import process, sound
from tests.factories import petition
from tests.ports import reserved
from tests.stack import ROOT, Stack, start_stack, stop_stack

TURNS = ["你好", "我要反映问题", "我叫王小明", "13812345678", "城关镇和平村3组12号",
         "去年修路占了我家的地，补偿款到现在没给", "要求付清补偿款", "跳过", "跳过"]  # fmt: skip
ROUNDS = 6
SUBMISSIONS, LOOKUPS, CLIENTS = 200, 400, 4


def percentile(values: list[float], share: float) -> float:
    """Of a list of milliseconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def talk(client: httpx.Client, path: str, make_body: Callable[[str, str], dict]) -> list[float]:
    """One citizen's conversation; milliseconds of each turn."""
    session = secrets.token_urlsafe(18)

    def turn(text: str) -> None:
        answer = client.post(path, json=make_body(session, text))
        assert answer.status_code == 200 and answer.json(), answer.text

    return [timed(lambda text=text: turn(text)) for text in TURNS]


def through_stack(stack: Stack) -> list[float]:
    with httpx.Client(base_url=stack.base_url, timeout=30, trust_env=False) as client:
        return talk(client, "/api/v1/chat", lambda s, t: {"session_id": s, "text": t})


def directly(stack: Stack) -> list[float]:
    with httpx.Client(base_url=stack.rasa_url, timeout=30, trust_env=False) as client:
        return talk(client, "/webhooks/rest/webhook", lambda s, t: {"sender": s, "message": t})


def bench_chat(stack: Stack) -> None:
    """Alternating turns, one citizen at a time; then four at once."""
    through_stack(stack), directly(stack)  # warm up
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        ours += through_stack(stack)
        theirs += directly(stack)
    row("chat turn, 1 citizen", ours, theirs)
    for name, ask in (("whole stack", through_stack), ("Rasa directly", directly)):
        with ThreadPoolExecutor(CLIENTS) as pool:
            times = [t for one in pool.map(ask, [stack] * CLIENTS * 4) for t in one]
        print(
            f"chat turn, {CLIENTS} citizens at once, {name}: "
            f"p50 {percentile(times, 0.5):.0f} ms  p99 {percentile(times, 0.99):.0f} ms"
        )


def row(name: str, ours: list[float], baseline: list[float]) -> None:
    """One line of the table with the ratio of medians."""
    a, b = statistics.median(ours), statistics.median(baseline)
    print(
        f"{name}: p50 {a:.1f} ms  p99 {percentile(ours, 0.99):.1f} ms  beside {b:.1f} / "
        f"{percentile(baseline, 0.99):.1f} ms  ratio p50 {a / b:.2f}"
    )


def bench_submissions(stack: Stack) -> list[str]:
    """Petitions a second over HTTP beside bare commits of as many bytes; returns tokens."""
    tokens: list[str] = []

    def submit(_: int) -> None:
        key = {"Idempotency-Key": secrets.token_hex(16)}
        answer = stack.client.post("/api/v1/petitions", json=petition(), headers=key)
        assert answer.status_code == 201, answer.text
        tokens.append(answer.json()["lookup_token"])

    with ThreadPoolExecutor(CLIENTS) as pool:
        seconds = timed(lambda: list(pool.map(submit, range(SUBMISSIONS)))) / 1000
    source = sqlite3.connect(stack.data_dir / "kiosk.db")
    rows = {
        table: source.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
        for table in ("cases", "events", "outbox", "idempotency")
    }
    with tempfile.TemporaryDirectory(dir=stack.data_dir) as folder:
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        for table, one in rows.items():
            bare.execute(f"CREATE TABLE {table} ({', '.join(f'c{n}' for n in range(len(one)))})")

        def commit_all() -> None:
            for _ in range(SUBMISSIONS):
                bare.execute("BEGIN IMMEDIATE")
                for table, one in rows.items():
                    bare.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(one))})", one)
                bare.execute("COMMIT")

        base = timed(commit_all) / 1000
        bare.close()
    ours, theirs = SUBMISSIONS / seconds, SUBMISSIONS / base
    print(f"petitions registered: {ours:.0f}/s  beside bare SQLite commits {theirs:.0f}/s  ratio {ours / theirs:.2f}")
    return tokens


BARE = """
from flask import Flask
app = Flask("bare")
@app.post("/")
def view():
    return {"status": "registered", "timeline": [{"at": "2026-01-01", "label": "x"}] * 5}
"""


def bench_lookups(stack: Stack, tokens: list[str]) -> None:
    """Status look-ups beside a bare JSON view under the same server settings."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        (Path(folder) / "bare_view.py").write_text(BARE, encoding="utf-8")
        port = held.enter_context(reserved("bare"))["bare"]
        server = subprocess.Popen(
            [sys.executable, "-m", "waitress", "--threads=8", f"--listen=127.0.0.1:{port}",
             "bare_view:app"],
            cwd=folder,
        )  # fmt: skip
        try:
            with httpx.Client(trust_env=False, timeout=30) as client:
                url = f"http://127.0.0.1:{port}/"
                for _ in range(100):
                    try:
                        client.post(url, json={})
                        break
                    except httpx.ConnectError:
                        time.sleep(0.1)

                def look(n: int) -> float:
                    body = {"lookup_token": tokens[n % len(tokens)]}
                    return timed(lambda: stack.client.post("/api/v1/cases/lookup", json=body))

                def bare(_: int) -> float:
                    return timed(lambda: client.post(url, json={}))

                for name, call in (("case look-up", look), ("bare Flask JSON view", bare)):
                    with ThreadPoolExecutor(CLIENTS) as pool:
                        start = time.perf_counter()
                        times = list(pool.map(call, range(LOOKUPS)))
                        rate = LOOKUPS / (time.perf_counter() - start)
                    print(
                        f"{name}: {rate:.0f}/s  p50 {percentile(times, 0.5):.1f} ms  "
                        f"p99 {percentile(times, 0.99):.1f} ms"
                    )
        finally:
            server.terminate()
            server.wait()


def report_memory(stack: Stack) -> None:
    """Resident memory of each process with its children."""
    children: dict[int, list[int]] = {}
    resident: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                pages = int((entry / "statm").read_text().split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
            resident[int(entry.name)] = pages * os.sysconf("SC_PAGE_SIZE") // 2**20

    def whole(pid: int) -> int:
        return resident.get(pid, 0) + sum(whole(child) for child in children.get(pid, []))

    sizes = {name: whole(pid) for name, pid in sorted(stack.children().items())}
    print(
        "resident memory:",
        "  ".join(f"{name} {size} MB" for name, size in sizes.items()),
        f" together {sum(sizes.values())} MB",
    )


def report_voice() -> None:
    """Memory of the voice process, loaded and after it has spoken and heard; it runs beside the stack, not in it."""
    python = ROOT / ".venv" / "voice" / "bin" / "python"
    if not python.is_file():
        print("voice process: not installed (make voice-install)")
        return
    with process.running(str(python)) as voice:
        loaded = process.highest(voice.pid)
        process.hear(sound.for_listening(process.say(process.SAID_TO_BEGIN)))
        print(
            f"voice process: {loaded} MB at most while loading, {process.highest(voice.pid)} MB after speaking and hearing"
        )


def main() -> None:
    """Print the table."""
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {ROOT.name}")
    with tempfile.TemporaryDirectory() as folder:
        stack = start_stack(Path(folder))
        try:
            print(f"start to ready with the model trained: {stack.ready_after_s:.1f} s")
            bench_chat(stack)
            bench_lookups(stack, bench_submissions(stack))
            report_memory(stack)
        finally:
            stop_stack(stack)
    report_voice()


if __name__ == "__main__":
    main()
