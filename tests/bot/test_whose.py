"""Two candidates, or a doubtful owner: one short question with both as buttons, asked once, nothing silently changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.helpers import ANSWERS, Citizen

OTHER = {"petitioner_name": "李大川", "phone": "13900002222", "address": "河西乡大湾村2组"}
SAYS = {
    "petitioner_name": "我叫李大川",
    "phone": "我电话13900002222",
    "address": "我家住河西乡大湾村2组",
}


def options(citizen: Citizen) -> list[dict[str, Any]]:
    return [dict(one) for one in citizen.turn.replies[-1]["options"]]


def in_doubt(field: str) -> Citizen:
    """Somebody who has given a value and, while something else is asked, states another one."""
    citizen = Citizen().at("request")
    citizen.state |= {name: ANSWERS[name] for name in OTHER}
    citizen.says(SAYS[field])
    assert citizen.asks == "owner", citizen.said
    return citizen


@pytest.mark.parametrize("field", [*OTHER])
def test_two_values_are_asked_about_once_with_both_as_buttons(field: str) -> None:
    citizen = in_doubt(field)
    old = citizen.state[field]
    assert len(options(citizen)) == 2 and citizen.said.endswith("？")
    assert citizen.said.count("？") == 1
    new, kept = options(citizen)
    tail = OTHER[field][-4:]
    assert tail in new["label"] and old[-4:] in kept["label"]
    assert citizen.state[field] == old
    chosen = citizen.says(new["value"])
    assert chosen.state[field] == OTHER[field]
    assert chosen.asks == "request"
    assert chosen.state["evidence"][field]["words"]


@pytest.mark.parametrize("field", [*OTHER])
def test_the_button_of_the_old_value_keeps_it(field: str) -> None:
    citizen = in_doubt(field)
    old = citizen.state[field]
    citizen.says(options(citizen)[1]["value"])
    assert citizen.state[field] == old and citizen.asks == "request"


def test_numbers_on_the_buttons_are_covered_but_can_be_told_apart() -> None:
    citizen = in_doubt("phone")
    assert "13900002222" not in citizen.said
    assert not any("13900002222" in one["label"] for one in options(citizen))
    citizen = Citizen().at("address").says("我电话13912345678")  # the same last four
    assert citizen.asks == "owner", citizen.said
    new, kept = options(citizen)
    assert new["label"] != kept["label"].replace("还用", "改成")
    assert "139" in new["label"] and "138" in kept["label"]


def test_two_numbers_in_one_message_are_asked_about_once() -> None:
    citizen = Citizen().at("phone").says("我的电话13812345678，我的电话13900002222")
    assert citizen.asks == "owner", citizen.said
    assert citizen.state["phone"] == "13812345678"
    citizen.says(options(citizen)[0]["value"])
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "address"


@pytest.mark.parametrize("words", ["我儿子的电话是13900002222", "打我女儿手机13900002222"])
def test_a_number_that_seems_somebody_elses_is_asked_about_once(words: str) -> None:
    citizen = Citizen().at("phone").says(words)
    assert citizen.asks == "owner"
    assert len(options(citizen)) == 2
    assert citizen.state.get("phone") is None
    citizen.says(options(citizen)[0]["value"])
    assert citizen.state["phone"] == "13900002222"
    assert citizen.state["evidence"]["phone"]["whose"] == "agreed"
    assert citizen.asks == "address"


def test_a_doubtful_number_that_is_refused_is_asked_for_again() -> None:
    citizen = Citizen().at("phone").says("我儿子的电话是13900002222")
    citizen.says(options(citizen)[1]["value"])
    assert citizen.asks == "phone" and citizen.state.get("phone") is None


def test_an_answer_beside_the_doubt_does_not_ask_it_twice() -> None:
    citizen = Citizen().at("phone").says("我儿子的电话是13900002222")
    citizen.says("登记要多久有答复？", "ask_handbook", 0.8)
    assert citizen.asks != "owner"
    citizen.says("13812345678")
    assert citizen.state["phone"] == "13812345678"


@pytest.mark.parametrize("asked", ["phone", "confirm"])
def test_no_doubt_stands_in_the_record_or_on_the_card(asked: str) -> None:
    citizen = Citizen().at(asked).says("我儿子的电话是13900002222").says("看看都记了什么")
    assert "待核实" not in citizen.said and "（" not in "".join(
        one["text"] for reply in citizen.turn.replies if reply["card"] for one in reply["card"]["rows"]
    )


# ---- the acts given as the reader should find them ------------------------------------------------
KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "", "about_unit": "",
         "petitioner_name": "王小明"}  # fmt: skip
DOUBT = {"field": "phone", "value": "13900002222", "words": "我儿子的电话是13900002222", "buttons": []}


def asked_whose(**more: Any) -> Citizen:
    return Citizen().knows("owner", **KNOWN, pending={"owner": DOUBT}, **more)


@pytest.mark.parametrize(
    "clauses",
    [
        (("不是", "no"), ("那是我闺女的", "no"), ("我自己的是13811112222", "gives.phone")),
        (("不，我的号码13811112222", "no gives.phone"),),
        (("是孩子的", "no"), ("换13811112222吧", "corrects gives.phone")),
        (("用我的13811112222", "gives.phone"),),
    ],
)
def test_no_and_another_number_takes_that_one(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = asked_whose().means(*clauses)
    assert citizen.state["phone"] == "13811112222" and citizen.asks == "address"


@pytest.mark.parametrize(
    "clauses",
    [
        (("对", "yes"), ("尾号2222那个", "gives.phone")),
        (("2222就是我本人在用", "yes"),),
        (("嗯这号码跟了我十来年了", "yes"),),
        (("后四位2222", "gives.phone"),),
    ],
)
def test_a_yes_or_the_last_figures_take_the_number(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = asked_whose().means(*clauses)
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "address"


@pytest.mark.parametrize("words", ["不是我的", "那是隔壁小卖部的", "不，别打那个"])
def test_no_alone_asks_for_ones_own(words: str) -> None:
    citizen = asked_whose().means((words, "no"))
    assert citizen.asks == "phone" and "您自己的电话" in citizen.said and "ask:phone" in citizen.turn.moves


def test_what_stands_beside_the_answer_is_kept() -> None:
    citizen = asked_whose().means(("是的", "yes"), ("我住河西乡大湾村2组", "gives.address"))
    assert (citizen.state["phone"], citizen.state["address"]) == ("13900002222", "河西乡大湾村2组")
    assert citizen.asks == "confirm" and not citizen.kiosk.petitions


def test_a_yes_to_whose_never_registers() -> None:
    citizen = asked_whose(address=ANSWERS["address"]).means(("对", "yes"))
    assert citizen.asks == "confirm" and not citizen.kiosk.petitions


@pytest.mark.parametrize(
    "clauses",
    [
        (("他的号码是13900002222", "gives.phone"),),
        (("我妈电话13900002222", "gives.phone"),),
        (("她手机13900002222", "gives.phone"), ("我的是13811112222", "gives.phone")),
        (
            ("我的13811112222", "gives.phone"),
            ("老人家自己用13900002222", "filler"),
            ("我妈的13900002222", "gives.phone"),
        ),
    ],
)
def test_for_another_the_number_of_the_one_spoken_for_is_taken(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("phone", **KNOWN, proxy=True).means(*clauses)
    assert citizen.state.get("phone") == "13900002222" and citizen.asks == "address", citizen.said


@pytest.mark.parametrize(
    "clauses",
    [
        (("我儿子的13900002222", "gives.phone"), ("我自己的13811112222", "gives.phone")),
        (("用我的13811112222", "gives.phone"), ("我老公13900002222", "gives.phone")),
        (("我儿子的号13900002222别用", "gives.phone"), ("用13811112222", "gives.phone")),
    ],
)
def test_of_two_peoples_numbers_ones_own_is_taken(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(*clauses)
    assert citizen.state.get("phone") == "13811112222" and citizen.asks == "address", citizen.said


def test_the_helpers_own_name_is_asked_about_and_the_name_of_the_one_spoken_for_is_taken() -> None:
    known = {**KNOWN, "petitioner_name": None, "proxy": True}
    citizen = Citizen().knows("petitioner_name", **known).means(("我叫李大川", "gives.name"))
    assert citizen.asks == "owner" and citizen.state.get("petitioner_name") is None
    citizen = Citizen().knows("petitioner_name", **known)
    citizen.means(("我叫李大川", "gives.name"), ("我妈叫王桂兰", "gives.name"))
    assert citizen.state["petitioner_name"] == "王桂兰" and citizen.asks == "phone"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("代表叫康子涵手机17719044623", "康子涵"),
        ("我们推的代表是贾素云，电话17719044623", "贾素云"),
        ("代表還有邱老根，手機17719044623", "邱老根"),
        ("好嘞，再加个代表李四 17719044623", "李四"),
        ("代表人：王五，号码是177-1904-4623哈", "王五"),
    ],
)
def test_a_representative_is_named_in_many_ways(words: str, name: str) -> None:
    citizen = Citizen().knows("phone", **KNOWN).means((words, "gives.representative gives.phone"))
    assert citizen.state["representatives"] == [{"name": name, "phone": "17719044623"}]
    assert citizen.asks == "phone" and not citizen.state.get("phone")


@pytest.mark.parametrize("words", ["毛二丫！", "牛栓柱。", "苟旺财"])
def test_a_name_that_no_reader_knows_is_asked_about_and_taken(words: str) -> None:
    known = {**KNOWN, "petitioner_name": None}
    citizen = Citizen().knows("petitioner_name", **known).means((words, ""))
    assert citizen.asks == "owner" and "没听明白" not in citizen.said
    citizen.means(("是", "yes"))
    assert citizen.state["petitioner_name"] == words.strip("！。") and citizen.asks == "phone"
