"""Every branch of the functions that decide is walked by the lives and the tests of the domain."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DECIDING = (
    "bars", "clocks", "conditions", "history", "persons", "registration", "repeats", "stated", "standing",
    "workflow", "workflow_around", "workflow_handling", "workflow_intake", "workflow_review", "workflow_rows", "workflow_table",
)  # fmt: skip
WALKS = (
    "tests/lives/test_lives.py", "tests/domain/test_what_is_stated.py",
    "tests/domain/test_workflow_table.py", "tests/domain/test_earlier_events.py", "tests/domain/test_decisions.py", "tests/domain/test_registration.py",
    "tests/domain/test_repeats.py",
)  # fmt: skip


def test_every_branch_of_the_deciding_functions_is_walked(tmp_path: Path) -> None:
    data, report = tmp_path / "walked", tmp_path / "walked.json"
    named = ",".join(f"kiosk_api/domain/{name}.py" for name in DECIDING)
    coverage = [sys.executable, "-m", "coverage"]
    walk = [*coverage, "run", "--branch", f"--data-file={data}", f"--include={named}"]
    tests = ["-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *WALKS]
    done = subprocess.run([*walk, *tests], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
    subprocess.run([*coverage, "json", f"--data-file={data}", "-o", report], cwd=ROOT, check=True, capture_output=True)
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert len(files) == len(DECIDING)
    left = {
        path: (one["missing_lines"], one["missing_branches"])
        for path, one in files.items()
        if one["missing_lines"] or one["missing_branches"]
    }
    assert left == {}
