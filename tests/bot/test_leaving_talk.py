"""Stop, save, back, begin again: one check before something is lost, and nothing said beside is lost."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen

KNOWN = {"facts": ANSWERS["facts"], "request": ANSWERS["request"], "place": "", "about_unit": "",
         "petitioner_name": "王小明"}  # fmt: skip


def in_the_middle(asked: str = "phone", **more: str) -> Citizen:
    return Citizen().knows(asked, **KNOWN, **more)


def buttons(citizen: Citizen) -> list[str]:
    return [one["value"] for one in citizen.turn.replies[-1]["options"]]


# ---- begin again --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "clauses",
    [(("重新开始", "wants.restart"),), (("全乱套了", "feels.anger"), ("从头再来一遍", "wants.restart")),
     (("哎呀不对", "filler"), ("清空", "wants.restart"))],
)  # fmt: skip
def test_to_begin_again_is_checked_once_before_something_is_lost(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = in_the_middle().means(*clauses)
    assert citizen.asks == "stop_check" and citizen.said.endswith("前面说的都不要了，重新开始吗？")
    assert buttons(citizen) == ["重新开始", "接着填"]
    assert citizen.state["petitioner_name"] == "王小明"


@pytest.mark.parametrize("words", [("重新开始", "wants.restart"), ("对", "yes"), ("嗯不要了", "yes")])
def test_a_yes_begins_again(words: tuple[str, str]) -> None:
    citizen = in_the_middle().means(("重新来", "wants.restart")).means(words)
    assert citizen.asks == "facts" and not citizen.state.get("facts") and not citizen.state.get("petitioner_name")


@pytest.mark.parametrize(
    "words", [("接着填", ""), ("不是", "no"), ("还是别清了", "no"), ("往下填吧", "no wants.register")]
)
def test_a_no_goes_on_where_it_was(words: tuple[str, str]) -> None:
    citizen = in_the_middle().means(("重新来", "wants.restart")).means(words)
    assert citizen.asks == "phone" and citizen.state["facts"] == ANSWERS["facts"]


def test_with_nothing_told_nothing_is_checked() -> None:
    citizen = Citizen().knows("facts").means(("重新开始", "wants.restart"))
    assert citizen.asks == "facts"


# ---- give up? -----------------------------------------------------------------------------------
def at_check() -> Citizen:
    citizen = in_the_middle().means(("我不登了", "wants.stop"))
    assert citizen.asks == "stop_check"
    return citizen


@pytest.mark.parametrize(
    "clauses",
    [
        (("不是不是", "no"), ("你听错了", "filler"), ("我电话13900002222", "gives.phone")),
        (("没说不登", "no wants.stop"), ("号码记一下13900002222", "gives.phone")),
        (("还是登吧", "no wants.register"), ("13900002222", "gives.phone")),
    ],
)
def test_a_no_is_stronger_than_a_stop_and_what_stands_beside_is_kept(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = at_check().means(*clauses)
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "address"
    assert citizen.kiosk.drafts


@pytest.mark.parametrize(
    "clauses",
    [
        (("对", "yes wants.stop"), ("反正我叫李大川也没用", "gives.name")),
        (("是啊", "yes"), ("电话13900002222也别留了", "gives.phone")),
        (("不弄了", "yes wants.stop"), ("他们又不会给我解决的", "gives.facts")),
    ],
)
def test_a_yes_ends_it_whatever_is_said_beside(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = at_check().means(*clauses)
    assert "ended" in citizen.turn.moves and citizen.asks is None and not citizen.kiosk.drafts


def test_neither_yes_nor_no_is_heard_as_usual() -> None:
    citizen = at_check().means(("我手机是13900002222", "gives.phone"))
    assert citizen.state["phone"] == "13900002222" and citizen.asks == "address"


# ---- a wish beside values -----------------------------------------------------------------------
@pytest.mark.parametrize(
    "clauses",
    [
        (("我电话13900002222", "gives.phone"), ("先存着", "wants.save")),
        (("今天来不及了", "wants.save"), ("号码13900002222你记上", "gives.phone")),
        (("存一下", "wants.save"), ("我的号", "filler"), ("13900002222", "gives.phone")),
    ],
)
def test_what_is_said_beside_the_wish_is_saved_with_it(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = in_the_middle().means(*clauses)
    assert "saved" in citizen.turn.moves and citizen.asks is None
    (draft,) = citizen.kiosk.drafts.values()
    assert draft["phone"] == "13900002222"


@pytest.mark.parametrize(
    "clauses",
    [
        (("13900002222", "gives.phone"), ("算了我不想登了", "wants.stop")),
        (("电话13900002222", "gives.phone"), ("唉", "filler"), ("还是撤了吧", "wants.stop")),
        (("不告了", "wants.stop"), ("号码是13900002222", "gives.phone")),
    ],
)
def test_a_value_beside_a_wish_to_stop_is_there_if_it_goes_on_after_all(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = in_the_middle().means(*clauses)
    assert citizen.asks == "stop_check" and citizen.state["phone"] == "13900002222"


def test_a_correction_beside_the_wish_to_save_is_made_first() -> None:
    citizen = in_the_middle("address", phone="13812345678")
    citizen.means(("名儿弄岔了", "corrects"), ("我叫李大川", "corrects gives.name"), ("先存起来", "wants.save"))
    (draft,) = citizen.kiosk.drafts.values()
    assert draft["petitioner_name"] == "李大川" and "saved" in citizen.turn.moves


# ---- back ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["上一步", "退回前面那个问题", "等等往回倒一下"])
def test_back_says_what_the_question_before_holds_and_keeps_it(words: str) -> None:
    citizen = in_the_middle().means((words, "wants.back"))
    assert citizen.asks == "petitioner_name" and "王小明" in citizen.said
    assert citizen.state["petitioner_name"] == "王小明"
    citizen.means(("李大川", "gives.name"))
    assert citizen.state["petitioner_name"] == "李大川" and citizen.asks == "phone"


@pytest.mark.parametrize("words", [("不改了", ""), ("对的", "yes"), ("前面说过了", "already_said"), ("没错", "yes")])
def test_back_and_nothing_to_change_goes_on(words: tuple[str, str]) -> None:
    citizen = in_the_middle().means(("上一步", "wants.back")).means(words)
    assert citizen.state["petitioner_name"] == "王小明" and citizen.asks == "phone"


def test_back_again_goes_one_further_back() -> None:
    citizen = in_the_middle("address", phone="13812345678")
    citizen.means(("上一步", "wants.back")).means(("再上一步", "wants.back"))
    assert citizen.asks == "petitioner_name"
    assert citizen.state["phone"] == "13812345678"


@pytest.mark.parametrize(
    "clauses",
    [
        (("退回去", "wants.back"), ("我叫李大川", "corrects gives.name")),
        (("上一个填错了", "wants.back corrects"), ("我叫李大川", "gives.name")),
        (("回到上一项", "wants.back"), ("姓名李大川", "gives.name")),
    ],
)
def test_back_together_with_a_correction_is_the_correction(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = in_the_middle().means(*clauses)
    assert citizen.state["petitioner_name"] == "李大川"
    assert "changed:petitioner_name" in citizen.turn.moves and citizen.asks == "phone"


# ---- only a question ------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["我就问问", "不登记了只打听一下", "先不报就咨询"])
def test_only_advice_is_checked_before_something_is_lost(words: str) -> None:
    citizen = in_the_middle().means((words, "wants.advice_only"))
    assert citizen.asks == "stop_check" and citizen.kiosk.drafts
    citizen.means(("接着填", ""))
    assert citizen.asks == "phone" and citizen.state["petitioner_name"] == "王小明"
    citizen.means((words, "wants.advice_only")).means(("对", "yes"))
    assert citizen.asks is None and not citizen.kiosk.drafts


@pytest.mark.parametrize(
    ("clauses", "asks"),
    [
        ((("听着", "filler"), ("我要上一步", "wants.advice_only")), "petitioner_name"),
        ((("喂", "filler"), ("返回上一步", "wants.stop")), "petitioner_name"),
        ((("唉", "filler"), ("先存一下", "wants.stop")), None),
    ],
)
def test_exact_words_say_which_wish_it_is(clauses: tuple[tuple[str, str], ...], asks: str | None) -> None:
    citizen = in_the_middle().means(*clauses)
    assert citizen.asks == asks and citizen.kiosk.drafts


# ---- all of it goes, in exact words ----------------------------------------------------------------
@pytest.mark.parametrize(
    "clauses",
    [
        (("那不要了", "no wants.stop"), ("全清了", "wants.stop")),
        (("都删掉吧", "corrects"),),
        (("算了", "no"), ("干脆不办了", "refuses")),
    ],
)
def test_at_the_check_all_of_it_is_deleted(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = at_check().means(*clauses)
    assert "ended" in citizen.turn.moves and citizen.asks is None
    assert not citizen.state.get("facts") and not citizen.kiosk.drafts


@pytest.mark.parametrize(
    "clauses",
    [
        (("也别重来了", "no"), ("干脆不弄了", "wants.stop")),
        (("重来个啥", "no"), ("我不告了", "wants.stop no")),
        (("不用重来", "no"), ("直接不登了", "wants.stop")),
    ],
)
def test_who_would_rather_stop_than_begin_again_is_asked_that(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = in_the_middle().means(("重新来", "wants.restart")).means(*clauses)
    assert citizen.asks == "stop_check" and "不想登记" in citizen.said and citizen.state["facts"]
    assert "ended" in citizen.means(("对", "yes")).turn.moves


@pytest.mark.parametrize(
    "clauses",
    [
        (("别打了", "refuses"), ("我不搞了", "wants.stop")),
        (("不用回了", "no"), ("这事我不告了", "feels.despair"), ("不登了", "wants.stop")),
        (("电话也别打了", "refuses"), ("还是不弄了", "refuses")),
    ],
)
def test_at_the_call_back_who_gives_all_up_is_asked_once(clauses: tuple[tuple[str, str], ...]) -> None:
    citizen = in_the_middle().means(("给我回电话", "")).means(*clauses)
    assert citizen.asks == "stop_check" and citizen.state["facts"] == ANSWERS["facts"]


# ---- back to what was answered last ----------------------------------------------------------------
def told_out_of_turn() -> Citizen:
    citizen = Citizen().knows("request", facts=ANSWERS["facts"])
    citizen.means(("我叫王小明", "gives.name"))
    return citizen.means(("把钱付清", "gives.request"))


def test_back_is_to_what_was_answered_last_and_not_to_the_first_that_is_missing() -> None:
    citizen = told_out_of_turn()
    assert citizen.asks == "place"
    citizen.means(("跳过", "")).means(("上一个填错了", "wants.back"))
    assert citizen.asks == "place"
    citizen.means(("城关镇", "gives.place"))
    assert citizen.state["place"] == "城关镇"


def test_back_further_follows_the_order_of_the_answers() -> None:
    citizen = told_out_of_turn().means(("退回去", "wants.back"))
    assert citizen.asks == "request"
    assert citizen.means(("再往前", "wants.back")).asks == "petitioner_name"


def test_back_at_a_late_question_skips_what_nobody_answered() -> None:
    citizen = Citizen().knows("phone", facts=ANSWERS["facts"], request="把钱付清")
    assert citizen.means(("上一个弄错了", "wants.back")).asks == "request"
