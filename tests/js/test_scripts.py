"""What node's own test runner says of the pages' scripts: tests/js/*.test.mjs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.js.node import node_path
from tests.serving import STATIC

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_the_scripts_do_what_their_tests_say(path: Path) -> None:
    done = subprocess.run(
        [node_path(), "--test", "--test-reporter=tap", str(path)],
        capture_output=True, text=True, check=False, encoding="utf-8", timeout=120,
        env={"PATH": os.environ.get("PATH", ""), "TZ": "America/New_York"},  # far from the office's day
    )  # fmt: skip
    counted = dict(re.findall(r"^# (pass|fail|skipped|todo) (\d+)$", done.stdout, re.MULTILINE))
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(counted["pass"]) > 0
    assert {counted[one] for one in ("fail", "skipped", "todo")} == {"0"}


def test_each_room_of_scripts_has_its_tests() -> None:
    rooms = {path.name for path in (STATIC / "js").iterdir()} - {"pages"}  # entries only start things
    assert {re.split("[-.]", path.name)[0] for path in FILES} == {*rooms, "imports"}  # case-steps: more of case


def test_a_missing_node_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("NODE", raising=False)
    with pytest.raises(RuntimeError, match="ensure_node"):
        node_path()
