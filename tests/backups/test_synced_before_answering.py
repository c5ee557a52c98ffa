"""The system calls of the API, as Linux saw them: the store's log is on the disk before the answer leaves.

A kill leaves the page cache, so no kill can tell a synced commit from one that is not. The order of calls can.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx

from tests.factories import fresh_app, petition
from tests.ports import reserved
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
CALLS = "pwrite64,write,fdatasync,fsync,sendto,sendmsg"
PETITIONS = 5
LOG = re.compile(r"\b(pwrite64|write|fdatasync|fsync)\(\d+<[^>]*kiosk\.db-wal>")
ANSWER = re.compile(r'\b(?:sendto|sendmsg|write)\(\d+<[^>]*>, "HTTP/1\.1 201')
DONE = re.compile(r"\) += 0$|resumed>\) += 0$")


def read(trace: Path) -> list[str]:
    """`write`, `sync` and `answer` in the order in which they happened: a sync when it had ended."""
    found: list[str] = []
    open_syncs: set[str] = set()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        thread = line.split()[0]
        if (call := LOG.search(line)) is not None:
            if call[1] in ("pwrite64", "write"):
                found.append("write")
            elif "unfinished" in line:
                open_syncs.add(thread)
            elif DONE.search(line):
                found.append("sync")
        elif "sync resumed>" in line and thread in open_syncs and DONE.search(line):
            open_syncs.discard(thread)
            found.append("sync")
        elif ANSWER.search(line):
            found.append("answer")
    return found


def early(calls: list[str]) -> int:
    """Answers that left before the last write to the log was synced, or after no write at all."""
    wrong, dirty, written = 0, False, False
    for call in calls:
        if call == "write":
            dirty = written = True
        elif call == "sync":
            dirty = False
        else:
            wrong += dirty or not written
            written = False
    return wrong


def test_the_log_is_synced_before_each_answer(tmp_path: Path) -> None:
    fresh_app(tmp_path / "var").extensions["kiosk"].store.close()
    strace = subprocess.run([ROOT / ".ci/ensure_strace.sh"], capture_output=True, text=True, check=True)
    trace = tmp_path / "trace"
    with reserved("api", "rasa") as ports:
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "KIOSK_DATA_DIR": str(tmp_path / "var"),
            "KIOSK_PORT": str(ports["api"]), "RASA_PORT": str(ports["rasa"]),
        }  # fmt: skip
        serving = subprocess.Popen(
            [strace.stdout.split()[-1], "-f", "--seccomp-bpf", "-y", "-s", "16", "-e", f"trace={CALLS}", "-o", str(trace),
             sys.executable, "-m", "kiosk_api.serve_api"],
            env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{ports['api']}", timeout=120, trust_env=False) as client:

                def answers() -> bool:
                    assert serving.poll() is None
                    with suppress(httpx.TransportError):
                        return client.get("/healthz").status_code == 200
                    return False

                wait_for(answers)
                for n in range(PETITIONS):
                    key = {"Idempotency-Key": f"synced-before-{n:04d}"}
                    assert client.post("/api/v1/petitions", json=petition(), headers=key).status_code == 201
        finally:
            os.killpg(serving.pid, signal.SIGKILL)
            serving.wait()
    calls = read(trace)
    assert calls.count("answer") == PETITIONS
    assert early(calls) == 0
    assert calls.count("sync") >= PETITIONS


def test_an_answer_before_the_sync_would_be_noticed() -> None:
    assert early(["write", "answer", "sync"]) == 1
    assert early(["write", "sync", "write", "answer", "sync"]) == 1
    assert early(["write", "sync", "answer", "answer"]) == 1
    assert early(["write", "sync", "answer", "write", "sync", "answer"]) == 0
