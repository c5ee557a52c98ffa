"""The table of the Regulations, read once more from their text: which article says what, and how it is cited."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.statute import ARTICLES, MAX_REPRESENTATIVES, PERIODS, cite, cite_short

ARTICLE_OF = {
    "route": 22, "notice": 23, "objection": 23, "conclude": 34, "extension": 34, "ask_review": 35, "review": 35,
    "ask_reexamination": 36, "reexamination": 36,
}  # fmt: skip


def test_each_period_cites_its_article() -> None:
    assert {key: int(period.article) for key, period in PERIODS.items()} == ARTICLE_OF
    assert all(period.key == key and period.label for key, period in PERIODS.items())


def test_the_articles_that_are_cited_are_those_of_rights_and_duties() -> None:
    """All from 17 on, and before them those that say who does what."""
    assert {int(one) for one in ARTICLES} == {2, 5, 11, 13, 14, 15, *range(17, 51)}


def test_at_most_five_speak_for_many() -> None:
    assert MAX_REPRESENTATIVES == 5  # Art. 20


@pytest.mark.parametrize(
    ("article", "written"),
    [("2", "二"), ("9", "九"), ("10", "十"), ("11", "十一"), ("19", "十九"), ("20", "二十"), ("22", "二十二"), ("30", "三十"),
     ("49", "四十九"), ("50", "五十")],
)  # fmt: skip
def test_an_article_is_written_as_the_regulations_write_it(article: str, written: str) -> None:
    assert cite_short(article) == f"第{written}条"
    assert cite(article) == f"《信访工作条例》第{written}条"


def test_a_day_works_by_its_week_unless_the_notice_of_holidays_says_otherwise() -> None:
    holiday, make_up, saturday = date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 17)
    calendar = WorkCalendar(frozenset({holiday, make_up}), frozenset({make_up}), frozenset({2026}))
    assert [calendar.is_working(day) for day in (holiday, make_up, saturday, date(2026, 10, 19))] == [
        False,
        True,
        False,
        True,
    ]
    assert [calendar.is_confirmed(year) for year in (2025, 2026, 2027)] == [False, True, False]
    assert calendar.add_working_days(date(2026, 10, 9), 1) == make_up
    assert calendar.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 2)
