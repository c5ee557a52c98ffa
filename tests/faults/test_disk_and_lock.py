"""A disk without room and a store that another process holds, met by the real process under a crowd.

A short run of `python -m tests.faults.full_and_locked`, in a process of its own because that becomes the parent of orphans.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.stack import ROOT

WAIT_S = 300


def test_a_full_disk_and_a_held_lock_refuse_and_lose_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.full_and_locked"], cwd=ROOT, timeout=WAIT_S, check=False,
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "disk: " in done.stdout and "lock: " in done.stdout
