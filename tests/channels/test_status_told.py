"""How a case stands, in one message: who has it, what comes next, what is late, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk_api.services.channels.status import _told, asks

BARE = {
    "case_number": "XF20260302-0000-0000-00", "registered_at": datetime(2026, 3, 2), "status_label": "办理中",
    "holder": SimpleNamespace(unit=""), "next": None, "overdue": None, "decisions": [],
}  # fmt: skip
PARTS: dict[str, tuple[dict[str, Any], str]] = {
    "holder": ({"holder": SimpleNamespace(unit="青禾县教育局")}, "青禾县教育局"),
    "next": ({"next": SimpleNamespace(what="出具处理意见书", by=date(2026, 5, 1))}, "出具处理意见书"),
    "overdue": ({"overdue": SimpleNamespace(label="书面告知")}, "书面告知"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_told_where_there_is_one(language: str, part: str) -> None:
    more, words = PARTS[part]
    assert words not in _told(SimpleNamespace(**BARE), language)  # type: ignore[arg-type]
    assert words in _told(SimpleNamespace(**{**BARE, **more}), language)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "day"), [("zh", "3月2日"), ("en", "2026-03-02")])
def test_days_are_written_as_people_write_them(language: str, day: str) -> None:
    told = _told(SimpleNamespace(**BARE), language)  # type: ignore[arg-type]
    assert day in told
    longer = _told(SimpleNamespace(**{**BARE, "decisions": ["one"]}), language)  # type: ignore[arg-type]
    assert len(longer) > len(told)


@pytest.mark.parametrize(("text", "does"), [("查进度", True), ("怎么样了？", True), ("查进度要带什么", False)])
def test_nothing_but_the_question_asks_for_it(text: str, does: bool) -> None:
    assert asks(text) is does
