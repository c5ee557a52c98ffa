"""No pattern of the pages' scripts can be made slow, whatever a field or an answer holds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.attacks.texts import HOSTILE
from tests.js.node import node_path


def test_no_pattern_takes_long_on_hostile_text() -> None:
    done = subprocess.run(
        [node_path(), str(Path(__file__).with_name("patterns.mjs"))], input=json.dumps(HOSTILE),
        capture_output=True, text=True, check=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["patterns"] >= 20  # fewer would mean that they were not found
    assert found["slow"] == {}
