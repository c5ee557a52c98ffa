"""What somebody will not give, what they gave before, and what they put right in the account."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen

KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "", "about_unit": "",
         "petitioner_name": "王小明"}  # fmt: skip


def buttons(citizen: Citizen) -> list[str]:
    return [one["value"] for one in citizen.turn.replies[-1]["options"]]


# ---- will not ------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["不想给身份证号", "身份证不在手上", "身份证号就算了吧"])
@pytest.mark.parametrize("asked", ["id_number", "phone"])
def test_a_field_that_may_stay_empty_stays_empty_and_is_not_asked_for(words: str, asked: str) -> None:
    citizen = Citizen().knows(asked, **KNOWN).means((words, "refuses"))
    assert citizen.state["id_number"] == ""
    assert citizen.asks == "phone" and "没听明白" not in citizen.said
    citizen.means(("13900002222", "gives.phone"))
    assert citizen.asks == "address"


def test_an_optional_field_is_refused_by_its_name_before_it_is_asked() -> None:
    citizen = Citizen().knows("request", facts=ANSWERS["facts"])
    citizen.means(("把钱付清", "gives.request"), ("单位我说不上来", "refuses"))
    assert citizen.state["about_unit"] == "" and citizen.asks == "place"
    assert citizen.means(("跳过", "")).asks == "petitioner_name"


@pytest.mark.parametrize(
    ("field", "words"), [("phone", "我不留电话"), ("petitioner_name", "不想说"), ("address", "住哪儿不方便讲")]
)
def test_what_is_needed_is_explained_once_then_a_person_is_offered(field: str, words: str) -> None:
    known = {name: value for name, value in {**KNOWN, "phone": "13812345678"}.items() if name != field}
    citizen = Citizen().knows(field, **known).means((words, "refuses"))
    first = citizen.said
    assert citizen.asks == field and first.count("。") == 1 and "person" not in citizen.turn.moves
    citizen.means((words, "refuses"))
    assert citizen.asks == field and citizen.said != first
    assert "person" in citizen.turn.moves and {"给我回电话", "找人工"} <= set(buttons(citizen))


def test_why_and_a_refusal_are_answered_once() -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(("不想留", "refuses"), ("要电话干啥", "asks.why"))
    assert "answered:why" in citizen.turn.moves and citizen.asks == "phone"
    assert "座机" not in citizen.said  # the other reason why


def test_another_value_beside_a_refusal_is_kept() -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(("没手机", "refuses"), ("我住河西乡大湾村2组", "gives.address"))
    assert citizen.state["address"] == "河西乡大湾村2组" and citizen.asks == "phone"


# ---- said before -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "clauses",
    [
        (("我叫王小明", "gives.name"),),
        (("前面讲了", "already_said"), ("王小明", "gives.name")),
        (("名字不是说了吗", "already_said"), ("我叫王小明啊", "gives.name already_said")),
    ],
)
def test_a_known_value_is_said_back_and_the_open_question_asked(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(*clauses)
    assert "王小明" in citizen.said and "没听明白" not in citizen.said
    assert "said_back:petitioner_name" in citizen.turn.moves and citizen.asks == "phone"


def test_an_account_told_twice_in_the_same_words_stands_once() -> None:
    citizen = Citizen().knows("phone", **KNOWN).means((ANSWERS["facts"], "gives.facts"))
    assert citizen.state["facts"] == ANSWERS["facts"] and citizen.asks == "phone"


# ---- put right in the account ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("clauses", "right"),
    [
        ((("不是三月", "corrects"), ("是五月占的", "corrects gives.facts")), "不是三月，是五月占的"),
        ((("前头说岔了", "corrects"), ("占的是一亩八分地", "corrects gives.facts")), "占的是一亩八分地"),
        ((("对了", "filler"), ("修的不是路是水渠", "corrects gives.facts")), "修的不是路是水渠"),
    ],
)
@pytest.mark.parametrize("asked", ["phone", "request", "confirm"])
def test_the_account_is_put_right_while_something_else_is_asked(
    clauses: tuple[tuple[str, str], ...], right: str, asked: str
) -> None:
    known = {**KNOWN, **({"phone": "13812345678", "address": "河西乡"} if asked == "confirm" else {})}
    if asked == "request":
        known.pop("request")
    citizen = Citizen().knows(asked, **known).means(*clauses)
    assert citizen.state["facts"].startswith(ANSWERS["facts"] + "\n（更正：")
    assert right in citizen.state["facts"] and right in citizen.said
    assert "changed:facts" in citizen.turn.moves and citizen.asks == asked


@pytest.mark.parametrize(
    "clauses",
    [
        (("不是光要钱", "corrects"), ("我要他们把地还我", "corrects gives.request")),
        (("我改主意了", "corrects"), ("诉求是把地还我", "corrects gives.request")),
        (("钱不要了", "corrects"), ("只要把地还我", "gives.request corrects")),
    ],
)
def test_the_request_is_changed_while_something_else_is_asked(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(*clauses)
    assert "地还我" in citizen.state["request"] and ANSWERS["request"] not in citizen.state["request"]
    assert "changed:request" in citizen.turn.moves and citizen.asks == "phone"


# ---- lines of the read-back ------------------------------------------------------------------------
WHOLE = {**ANSWERS, "about_unit": "找过物业"}


@pytest.mark.parametrize("words", ["涉及单位去掉吧", "单位那里空着就行", "我没说过涉及单位", "单位不对，不用填"])
def test_a_line_that_shall_be_empty_is_emptied_at_once(words: str) -> None:
    citizen = Citizen().knows("confirm", **WHOLE).means((words, "corrects"))
    assert citizen.state["about_unit"] == "" and citizen.asks == "confirm", citizen.said
    assert "changed:about_unit" in citizen.turn.moves


@pytest.mark.parametrize("words", ["诉求不是这个是把地还我", "要求不对，应该是把地还我", "诉求错了是把地还我"])
def test_a_line_called_wrong_is_changed_and_not_added_to(words: str) -> None:
    citizen = Citizen().knows("confirm", **WHOLE).means((words, "gives.request"))
    assert citizen.state["request"] == "把地还我" and citizen.asks == "confirm"


def test_to_delete_a_line_is_no_wish_to_stop() -> None:
    citizen = Citizen().knows("confirm", **WHOLE).means(("涉及单位删了", "corrects wants.stop"))
    assert citizen.state["about_unit"] == "" and citizen.asks == "confirm"


@pytest.mark.parametrize("words", ["我要接著填，續填碼是{code}", "继续填 {code}", "續填碼 {code}"])
def test_a_saved_petition_is_taken_up_in_either_script(words: str) -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(("先存着", ""))
    code = citizen.said.split("续填码：")[1].split("。")[0]
    again = Citizen(citizen.kiosk, "session-0002").means((words.format(code=code), "gives.facts"))
    assert again.asks == "phone" and again.state["facts"] == ANSWERS["facts"]


@pytest.mark.parametrize(
    "clauses",
    [
        (("电话后面应该是91", "corrects gives.phone"), ("不是08", "corrects")),
        (("尾号是91", "corrects gives.phone"), ("不是08", "corrects gives.phone")),
    ],
)
def test_last_figures_are_put_right_once(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = Citizen().knows("address", **KNOWN, phone="19979325108").means(*clauses)
    assert citizen.state["phone"] == "19979325191" and citizen.said.count("改好了") == 1


@pytest.mark.parametrize("words", ["我想想啊撒", "容我琢磨琢磨", "等我理一理"])
def test_hesitation_is_no_request(words: str) -> None:
    citizen = Citizen().knows("request", facts=ANSWERS["facts"]).means((words, "filler"))
    assert not citizen.state.get("request") and citizen.asks == "request"


def test_a_wish_for_secrecy_may_trail_off() -> None:
    citizen = Citizen().knows("phone", **KNOWN).means(("可别告诉他们是我告的…", "asks.privacy"))
    assert citizen.state["confidential"] and citizen.asks == "phone"


@pytest.mark.parametrize("words", ["就写这个", "就这样写", "加上去"])
@pytest.mark.parametrize("asked", ["request", "phone", "confirm"])
def test_write_it_down_breaks_nothing_off_and_registers_nothing(words: str, asked: str) -> None:
    known = {**ANSWERS} if asked == "confirm" else {**KNOWN, "request": None} if asked == "request" else KNOWN
    citizen = Citizen().knows(asked, **known).means((words, "filler"))
    assert citizen.asks == asked and not citizen.kiosk.petitions
