"""Beside a request, what happened is kept as well: it goes behind the account."""

from __future__ import annotations

import pytest

from tests.bot.helpers import Citizen

FACTS = "城管队的人昨天把我的摊子收走了。"


@pytest.mark.parametrize(
    ("clauses", "request_words", "facts_words"),
    [
        (
            (("把秤还给我", "gives.request"), ("那个姓段的队员还要我交二百块没给票", "gives.facts gives.about_unit gives.amount")),
            "把秤还给我",
            "那个姓段的队员还要我交二百块没给票",
        ),
        (
            (("他们去年就停了我的低保", "gives.facts gives.happened"), ("给我恢复就行", "gives.request")),
            "给我恢复就行",
            "他们去年就停了我的低保",
        ),
        (
            (("退押金", "gives.request"), ("押了三千", "gives.amount"), ("房东换了锁", "gives.facts")),
            "退押金",
            "房东换了锁",
        ),
        (
            (("赔我两只羊", "gives.request"), ("狗是养殖场的没拴", "gives.facts gives.about_unit")),
            "赔我两只羊",
            "狗是养殖场的没拴",
        ),
    ],
)  # fmt: skip
def test_both_are_kept(clauses: tuple[tuple[str, str], ...], request_words: str, facts_words: str) -> None:
    citizen = Citizen().knows("request", facts=FACTS).means(*clauses)
    assert request_words in citizen.state["request"] and facts_words not in citizen.state["request"]
    assert citizen.state["facts"].startswith(FACTS) and facts_words in citizen.state["facts"]


@pytest.mark.parametrize("words", ["我就要那八百块", "找物业要，三百二", "把社保补上，到明年三月"])
def test_a_request_that_names_a_sum_or_a_day_is_only_a_request(words: str) -> None:
    citizen = Citizen().knows("request", facts=FACTS).means((words, "gives.request gives.amount"))
    assert citizen.state["request"] == words and citizen.state["facts"] == FACTS


def test_words_that_are_surer_a_request_than_an_account_stay_the_request() -> None:
    citizen = Citizen().knows("request", facts=FACTS).means(("叫他们把路修好", "gives.facts gives.request"))
    assert citizen.state["request"] == "叫他们把路修好" and citizen.state["facts"] == FACTS


@pytest.mark.parametrize(
    "aside",
    [("三百二", "gives.amount"), ("到明年三月之前", "gives.happened"), ("找安居物业", "gives.about_unit")],
)
def test_a_bare_name_sum_or_day_beside_it_tells_nothing(aside: tuple[str, str]) -> None:
    citizen = Citizen().knows("request", facts=FACTS).means(("把押金退给我", "gives.request"), aside)
    assert citizen.state["facts"] == FACTS
