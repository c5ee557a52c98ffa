"""Everything that the README names exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_make_command_is_a_target() -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def test_make_alone_lists_every_command() -> None:
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^make ([a-z-]+) +\S", printed, re.MULTILINE)
    inner = {"tests", "lint-quietly"}  # parts of `make test`
    assert set(listed) == set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)) - inner


def test_every_folder_and_picture_named_exists() -> None:
    paths = set(re.findall(r"^\| `([\w./-]+)` \|", README, re.MULTILINE))
    paths |= set(re.findall(r"(?:\]\(|src=\")([\w./-]+)[\")]", README))
    assert len(paths) > 5
    missing = [path for path in paths if not (ROOT / path).exists()]
    assert not missing


def test_ci_runs_the_readmes_test_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_no_committed_file_names_a_registry_or_a_machine() -> None:
    words = ["files.python" + "hosted.org", "py" + "pi.org", "/work/" + "main", "registry." + "npmjs"]
    for word in words:
        done = subprocess.run(["git", "grep", "-lF", word], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.stdout == "", (word, done.stdout)
