"""The API's process dies or fails at named points and at random moments under a crowd: nothing acknowledged is lost.

A short run of `python -m tests.faults.killing`, in a process of its own because that becomes the parent of orphans.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.faults.points import short
from tests.stack import ROOT

WAIT_S = 300


def killing(*arguments: str) -> str:
    """What it printed; it must end without a fault."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", *arguments], cwd=ROOT, timeout=WAIT_S, check=False,
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_kills_lose_and_double_nothing() -> None:
    said = killing("--kills", "12", "--clients", "8")
    assert "12 times kill" in said and "; 0 faults" in said


@pytest.mark.long
@pytest.mark.parametrize("act", ["kill", "error", "full"])
def test_each_point_in_each_way(act: str) -> None:
    said = killing("--kills", "120", "--each-point", "--act", act)
    assert "before COMMIT" in said and "; 0 faults" in said


@pytest.mark.parametrize(("statement", "name"), [
    ("SELECT cases.id \nFROM cases", "SELECT cases"), ("UPDATE cases SET id=1", "UPDATE cases"), ("COMMIT", "COMMIT"),
    ("INSERT INTO events (id) VALUES (?)", "INSERT events"), ("BEGIN IMMEDIATE", "BEGIN"), ('DELETE FROM "order"', "DELETE order"),
])  # fmt: skip
def test_a_point_is_named_after_its_statement(statement: str, name: str) -> None:
    assert short(statement) == name
