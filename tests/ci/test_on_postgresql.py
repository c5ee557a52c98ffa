"""What is left out on PostgreSQL exists, and everything else that asks a store is run there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.on_postgresql import ABOUT_SQLITE, PLACES, arguments

TESTS = Path(__file__).resolve().parents[1]


def test_whatever_is_left_out_is_there() -> None:
    for one in ABOUT_SQLITE:
        path, _, name = one.partition("::")
        assert (TESTS / path).exists(), one
        if name:
            assert re.search(rf"^def {name}\(", (TESTS / path).read_text(encoding="utf-8"), re.MULTILINE), one


def test_every_folder_whose_tests_make_an_application_is_run() -> None:
    made = {
        path.relative_to(TESTS).parts[0]
        for path in TESTS.rglob("test_*.py")
        if "fresh_app(" in path.read_text(encoding="utf-8")
    }
    assert made - {"backups", "bench", "ci", "contract", "domain", "e2e", "faults", "handbook"} <= set(PLACES)
    assert set(arguments([])) >= {f"tests/{one}" for one in PLACES}
