"""No text can make a pattern of either package slow."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.patterns import try_all
from tests.stack import ROOT

BOT = ROOT / ".venv/bot/bin/python"
SERVED_BY = {"bot": BOT, "kiosk_api": Path(sys.executable)}
LEAST = {"bot": 120, "kiosk_api": 120}  # patterns: fewer would mean that they were not found


@cache
def check(package: str) -> dict[str, Any]:
    """The result of the check of a package, run once, under the interpreter that serves it."""
    done = subprocess.run(
        [str(SERVED_BY[package]), "-m", "tests.attacks.patterns", package],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("package", SERVED_BY)
def test_no_pattern_takes_long_on_hostile_text(package: str) -> None:
    assert check(package)["patterns"] >= LEAST[package]
    assert check(package)["slow"] == {}


@pytest.mark.parametrize("package", SERVED_BY)
def test_every_pattern_is_compiled_at_import_so_that_it_is_checked(package: str) -> None:
    assert check(package)["uncompiled"] == []


PATTERNS_THAT_WERE_HERE = (
    r"^(?:请|请把|把)*电话$", r"(?:一|十|[一十]+)*元", r"(吧|啊|谢谢)+$", r"\s+(?=[。，])",
    r"[\w.+-]+@[\w-]+\.[\w.]+", r"\d+(?:-\d+)*号楼", r"代表[\s,，]*(?:电话)?\s*1", r"(?:再|再来|来)+x",
)  # fmt: skip


def test_the_check_finds_slow_patterns() -> None:
    found = {pattern: re.compile(pattern) for pattern in PATTERNS_THAT_WERE_HERE}
    assert set(try_all(found)) == set(PATTERNS_THAT_WERE_HERE)


def test_the_check_accepts_fast_patterns() -> None:
    plain = (r"法院[^。]{0,10}(?:不予?立案|受理)", r"^\d{4}$", r"[^\s,，]+")
    assert try_all({pattern: re.compile(pattern) for pattern in plain}) == {}
