"""Who tells what happened and asks something beside it: both are heard, whatever comes first."""

from __future__ import annotations

import pytest

from tests.bot.helpers import Citizen


def stranger() -> Citizen:
    citizen = Citizen()
    citizen.state = {"seen": True}
    return citizen


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        (
            (("我在砖窑干了一冬天工钱没拿到", "gives.facts gives.place"), ("你说我该怎么办嘛", "asks.procedure")),
            "我在砖窑干了一冬天工钱没拿到",
        ),
        (
            (("楼上装修把我家顶棚泡了", "gives.facts"), ("这个归不归你们管", "asks.where")),
            "楼上装修把我家顶棚泡了",
        ),
        (
            (("你们收不收钱", "asks.cost"), ("村里把我家三亩果园推了", "gives.facts gives.about_unit"), ("没给一分钱", "gives.facts")),
            "村里把我家三亩果园推了",
        ),
        (
            (("学校收了八百补课费", "gives.facts gives.amount"), ("要他们退", "gives.request"), ("找谁啊", "asks.where")),
            "学校收了八百补课费",
        ),
    ],
)  # fmt: skip
def test_an_account_with_a_question_opens_the_petition_and_answers(
    clauses: tuple[tuple[str, str], ...], told: str
) -> None:
    citizen = stranger().means(*clauses)
    assert told in citizen.state["facts"]
    assert any(one.startswith("answered:") for one in citizen.turn.moves)
    assert citizen.state["draft_id"]
    assert citizen.asks in ("request", "place", "about_unit", "kind")


@pytest.mark.parametrize(
    "clauses",
    [
        (("工钱拖了不给归哪个口子管", "asks.where"),),
        (("反映事情收不收费", "asks.cost"), ("要带什么", "asks.procedure")),
        (("要是邻居占了我的地", "asks.procedure"), ("能来找你们吗", "asks.procedure")),
    ],
)
def test_a_mere_question_opens_nothing(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = stranger().means(*clauses)
    assert not citizen.state.get("draft_id") and not citizen.state.get("facts")


@pytest.mark.parametrize(
    "clauses",
    [
        (("我就问一下不登记", "wants.advice_only"), ("老板欠我半年工钱", "gives.facts gives.amount"), ("该找谁", "asks.where")),
        (("邻居家的墙倒到我院子里了", "gives.facts"), ("这归谁管", "asks.where"), ("先不登记", "wants.advice_only")),
        (("物业停了我家的电", "gives.facts gives.about_unit"), ("只打听怎么办", "asks.procedure"), ("别给我登记", "wants.advice_only")),
    ],
)  # fmt: skip
def test_who_wants_nothing_registered_is_answered_and_the_account_stays_ready(
    clauses: tuple[tuple[str, str], ...],
) -> None:
    citizen = stranger().means(*clauses)
    assert not citizen.state.get("draft_id") and citizen.state["opening"]
    assert any(one.startswith("answered:") for one in citizen.turn.moves)
    opening = citizen.state["opening"]
    citizen.means(("登记这件事", "wants.register"))
    assert opening in (citizen.state.get("facts") or citizen.state["opening"])
