"""The petition form as a conversation, without Rasa."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen


def test_seven_answers_and_a_yes_register_one_case() -> None:
    citizen = Citizen().at("confirm")
    assert "13812345678" not in citizen.said
    assert "5678" in citizen.said
    citizen.says("确认提交")
    assert citizen.case
    assert citizen.asks is None
    ((body, _),) = citizen.kiosk.petitions.values()
    assert body["consent"] is True
    assert body["facts"] == ANSWERS["facts"]
    assert body["petitioner"] == {"name": "王小明", "phone": "13812345678", "address": "城关镇和平村3组12号"}
    assert citizen.kiosk.drafts == {}
    assert citizen.state["facts"] is None
    assert "2026年3月30日" in citizen.said


def test_the_opening_account_is_the_facts_word_for_word() -> None:
    citizen = Citizen()
    account = "村里占了我的地不给钱，说了三年了！"
    citizen.says(account, "tell_matter", 0.9)
    assert citizen.asks == "request"
    assert citizen.state["facts"] == account


@pytest.mark.parametrize("slot", ["petitioner_name", "phone", "address", "about_unit", "confirm"])
def test_a_question_is_answered_and_nothing_is_stored(slot: str) -> None:
    citizen = Citizen().at(slot)
    before = {k: v for k, v in citizen.state.items() if k in ANSWERS}
    citizen.says("登记以后多久能有答复？", "ask_handbook", 0.8)
    assert citizen.asks == slot
    assert "15日" in citizen.said
    assert {k: v for k, v in citizen.state.items() if k in ANSWERS} == before
    assert not citizen.kiosk.petitions


@pytest.mark.parametrize(
    "text",
    [
        "凭什么取消我的低保？",
        "我去年查进度没结果，催办了也没人理",
        "老板说找人工再说，不给钱",
        "再见都不说一声人就跑了，欠我三万",
        "我要评价一下这个单位：太差了，欠薪不给",
    ],
)
def test_facts_take_words_that_look_like_other_wishes(text: str) -> None:
    citizen = Citizen().at("facts")
    citizen.says(text, "check_status", 0.7)
    assert citizen.state["facts"] == text
    assert citizen.asks == "request"


def test_failed_filing_keeps_the_draft_and_says_so() -> None:
    citizen = Citizen().at("confirm")
    citizen.kiosk.fail_register = 2
    citizen.says("确认提交")
    assert citizen.case is None
    assert "没有登记成功" in citizen.said
    assert citizen.asks == "confirm"
    assert citizen.kiosk.drafts
    assert citizen.says("确认提交").case
    assert len(citizen.kiosk.petitions) == 1


def test_a_lost_answer_then_an_edit_gives_the_first_number() -> None:
    citizen = Citizen().at("confirm")
    real = citizen.kiosk.handle
    lost = {"left": 2}

    def lossy(method: str, path: str, body: dict, key: str | None) -> tuple[int, dict]:
        answer = real(method, path, body, key)
        if path == "/api/v1/petitions" and lost["left"]:
            lost["left"] -= 1
            return 503, {}
        return answer

    citizen.kiosk.handle = lossy  # type: ignore[method-assign]
    citizen.says("确认提交")
    assert citizen.asks == "confirm"
    citizen.says("电话改成13900002222")
    citizen.says("确认提交")
    assert citizen.case
    assert "已经登记成功" in citizen.said
    assert len(citizen.kiosk.petitions) == 1


def test_the_form_goes_on_without_the_api() -> None:
    citizen = Citizen().at("phone")
    citizen.kiosk.down = True
    citizen.says("13812345678")
    assert citizen.asks == "address"
    assert "提交时再核对" in citizen.said


def test_a_restart_offers_the_draft_and_resumes_at_the_same_question() -> None:
    citizen = Citizen().at("request")
    again = Citizen(citizen.kiosk)
    again.says("我要反映问题", "start_petition", 0.9)
    assert again.asks == "resume_choice"
    again.says("接着填")
    assert again.asks == "request"
    assert again.state["facts"] == ANSWERS["facts"]


def test_starting_over_drops_the_draft() -> None:
    citizen = Citizen().at("request")
    again = Citizen(citizen.kiosk)
    again.says("我要反映问题", "start_petition", 0.9)
    again.says("重新开始")
    assert again.asks == "facts"
    assert again.state.get("facts") is None


def test_cancel_discards_the_draft() -> None:
    citizen = Citizen().at("request").says("取消")
    assert citizen.asks == "stop_check"
    assert citizen.kiosk.drafts
    citizen.says("取消登记")
    assert citizen.asks is None
    assert citizen.kiosk.drafts == {}


def test_a_code_resumes_in_another_session() -> None:
    citizen = Citizen().at("address").says("先存着")
    code = citizen.said.split("续填码：")[1].split("。")[0]
    other = Citizen(citizen.kiosk, "session-0002")
    other.says(f"接着填 {code}", "resume_draft", 0.9)
    assert other.asks == "address"
    assert other.state["phone"] == "13812345678"


def test_back_then_cancel_of_the_change_keeps_the_old_value() -> None:
    citizen = Citizen().at("confirm").says("改电话")
    assert citizen.asks == "phone"
    citizen.says("取消")
    assert citizen.asks == "confirm"
    assert citizen.state["phone"] == "13812345678"


def test_three_misses_lead_to_a_person() -> None:
    citizen = Citizen().at("phone")
    for _ in range(3):
        citizen.says("呃这个嘛")
    assert citizen.asks == "phone"
    assert "找人工" in [o["value"] for o in citizen.turn.replies[-1]["options"]]


def test_whoever_files_and_four_others_speak_and_the_sixth_is_refused() -> None:
    citizen = Citizen().at("facts")
    for last in range(5):
        citizen.says(f"加代表 李四 1381111222{last}")
    assert len(citizen.state["representatives"]) == 4
    assert "5人" in citizen.said


def test_a_field_the_server_refuses_is_asked_again() -> None:
    citizen = Citizen().at("confirm")
    real = citizen.kiosk.handle

    def strict(method: str, path: str, body: dict, key: str | None) -> tuple[int, dict]:
        if path == "/api/v1/petitions":
            return 422, {
                "code": "invalid_request",
                "detail": "有一项不对",
                "errors": [{"field": "petitioner.phone", "code": "invalid", "detail": "电话不对。"}],
            }
        return real(method, path, body, key)

    citizen.kiosk.handle = strict  # type: ignore[method-assign]
    citizen.says("确认提交")
    assert citizen.asks == "phone"
    assert "电话不对" in citizen.said


def test_every_reply_that_waits_names_what_it_expects() -> None:
    citizen = Citizen()
    for slot in [*ANSWERS, "confirm"]:
        citizen = Citizen().at(slot)
        assert citizen.turn.replies[-1]["expects"] == slot
        citizen.says("找人工")
        assert citizen.turn.replies[-1]["expects"] == slot


def test_a_short_opening_is_kept_in_front_of_the_facts() -> None:
    citizen = Citizen().says("我想举报我们镇长贪污", "start_petition", 0.9)
    assert citizen.asks == "facts"
    assert "镇长贪污" in citizen.said
    citizen.says("他把修路的钱装进自己口袋了")
    assert citizen.state["facts"] == "我想举报我们镇长贪污\n他把修路的钱装进自己口袋了"


@pytest.mark.parametrize("text", ["我要反映问题", "我要举报", "我想反映个事", "登记这件事", "我要检举一个人"])
def test_a_wish_without_an_account_stores_nothing(text: str) -> None:
    citizen = Citizen().says(text, "start_petition", 0.9)
    assert citizen.state.get("facts") is None
    assert citizen.state.get("opening") is None


def test_an_earlier_remark_never_replaces_the_current_account() -> None:
    citizen = Citizen()
    citizen.state["opening"] = "那个谁管拆迁"
    citizen.says("我家房子被强拆了没有人管", "tell_matter", 0.9)
    assert citizen.state["facts"] == "我家房子被强拆了没有人管"


@pytest.mark.parametrize(("away", "sentence"), [("busy", "等一分钟"), ("down", "查不了续填码")])
def test_a_code_that_cannot_be_checked_is_not_reported_as_unknown(away: str, sentence: str) -> None:
    citizen = Citizen()
    setattr(citizen.kiosk, away, "试的次数有点多，请等一分钟再试。")
    citizen.says("接着填 A123-4567", "resume_draft", 0.9)
    assert sentence in citizen.said
    assert "没找到" not in citizen.said
    assert citizen.asks == "resume_code"


@pytest.mark.parametrize("text", ["登吧", "嗯", "好，交了", "对对，就这么登记吧，谢谢", "行行行", "中，登"])
def test_a_plain_yes_in_other_words_registers(text: str) -> None:
    assert Citizen().at("confirm").says(text).case


@pytest.mark.parametrize("text", ["也许吧", "登是登，可电话不对", "交给谁", "对方不行", "不登", "好像不对", "嗯，等等"])
def test_what_is_no_plain_yes_registers_nothing(text: str) -> None:
    citizen = Citizen().at("confirm").says(text)
    assert not citizen.case and not citizen.kiosk.petitions
