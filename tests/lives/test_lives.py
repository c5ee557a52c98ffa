"""Each life holds; together they show of every article what it allows and what it refuses."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kiosk_api.domain.statute import ARTICLES
from tests.lives.reading import Life, live, lives

LIVES = lives()


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.id)
def test_life(life: Life) -> None:
    live(life)


def test_there_are_lives_enough_and_each_cites_its_article() -> None:
    assert len(LIVES) >= 80
    assert {life.article for life in LIVES} - {"policy"} <= ARTICLES.keys()
    assert len({life.title for life in LIVES}) == len(LIVES)


def test_every_article_has_a_life_that_it_allows_and_one_that_it_refuses() -> None:
    shown = defaultdict(set)
    for life in LIVES:
        shown[life.article].add(life.allowed)
    assert [article for article, sides in shown.items() if len(sides) < 2] == []
