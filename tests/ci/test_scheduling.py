"""The order of the suite: what needs the trained assistant comes after what does not."""

from __future__ import annotations

from pathlib import Path

from tests.scheduling import TRAINED, group_of

ROOT = Path(__file__).resolve().parents[2]
READ_MESSAGES = ("tests.bot.helpers", "tests.e2e.helpers.talking")


def test_every_module_that_reads_messages_with_the_models_waits_for_them() -> None:
    reading = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if any(f"from {one} import" in path.read_text(encoding="utf-8") for one in READ_MESSAGES)
    }
    assert len(reading) > 20
    early = {one for one in reading if not one.startswith(TRAINED) and group_of(one) != "stack"}
    assert early == set(), "name them in tests/scheduling.py"


def test_every_place_of_the_order_exists() -> None:
    assert [one for one in TRAINED if not (ROOT / one).exists()] == []
