"""A person at a messenger is told of a case only after its receipt, or a code sent to its phone, was shown."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import CaseLink, Proof
from kiosk_api.domain.policy import BIND_CODE_LASTS
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.notice_ways import CONSOLE, DEMO
from kiosk_api.services.base.sending import NotSent, Unknown
from kiosk_api.services.channels.hear import hear
from kiosk_api.services.channels.incoming import Kind
from tests.channels.messengers import WHO, KeptSender, message, parts_of
from tests.factories import fresh_app, register

PATIENT = 120.0
PHONE = "13912345678"
HOME = "https://xinfang.example"


class Chat:
    """One person at a messenger of an application with a registered case."""

    def __init__(self, app: Flask, *, sms: bool = True, user: str = WHO) -> None:
        self.sms, self.user = KeptSender(on=sms), user
        self.ctx, self.desk = parts_of(app, senders={"sms": self.sms, "wechat": KeptSender()}, public_url=HOME)
        self.said = 0

    def say(self, text: str, kind: Kind = Kind.TEXT, **more: Any) -> str:
        self.said += 1
        answer = hear(self.ctx, self.desk, message(text, self.said, kind=kind, user=self.user, **more), PATIENT)
        return "\n".join(answer.texts)

    def code(self) -> str:
        found = re.search(r"验证码([0-9]{6})", self.sms.texts[-1])
        assert found
        return found[1]

    @property
    def links(self) -> list[CaseLink]:
        with self.ctx.store.read() as records:
            return records.case_links.of_user(messenger_mark(self.ctx, "wechat", self.user))


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


def test_the_receipts_link_binds_and_the_assistant_says_where_it_stands(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    said = chat.say(f"看这个 {HOME}/r#{case['lookup_token']}")
    assert case["case_number"] in said and said.endswith("您好。")
    (link,) = chat.links
    assert (link.proof, link.address, link.channel) == (Proof.TOKEN, WHO, "wechat")
    chat.say(f"{HOME}/r#{case['lookup_token']}")
    assert len(chat.links) == 1


@pytest.mark.parametrize("kind", [Kind.SCAN, Kind.JOINED])
def test_a_scanned_receipt_binds(app: Flask, kind: Kind) -> None:
    case, chat = register(app), Chat(app)
    said = chat.say(str(case["lookup_token"]), kind)
    assert case["case_number"] in said and "已登记" in said and len(chat.links) == 1


def test_a_number_alone_an_unknown_token_and_a_wrong_phone_bind_nothing(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    chat.say(str(case["case_number"]))
    chat.say(f"{HOME}/r#{'x' * 32}")
    chat.say("y" * 32, Kind.SCAN)
    chat.say(f"绑定 {case['case_number']} 13900000000")
    chat.say(f"绑定 {case['case_number']} {PHONE[-4:]}")
    assert chat.links == [] and chat.sms.sent == []


def test_number_and_phone_send_a_code_and_the_code_binds(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    assert chat.say("绑定") == word("bind_how", "zh")
    said = chat.say(f"绑定 {case['case_number']} {PHONE}")
    assert "尾号5678" in said and [to for to, _ in chat.sms.sent] == [f"+86{PHONE}"]
    assert str(case["case_number"]) not in chat.sms.texts[0]  # whoever holds the phone learns nothing of the case
    assert chat.links == []
    assert str(case["case_number"]) in chat.say(chat.code())
    assert [one.proof for one in chat.links] == [Proof.CODE]
    assert chat.say(chat.code()) == "您好。"  # used up: it is any number now


def test_a_code_is_good_for_ten_minutes_and_for_the_person_who_asked(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    chat.say(f"绑定 {case['case_number']} {PHONE}")
    other = Chat(app, user="oInvented-0002")
    assert other.say(chat.code()) == "您好。" and other.links == []
    chat.ctx.clock.advance(BIND_CODE_LASTS)  # type: ignore[attr-defined]
    assert chat.say(chat.code()) == word("code_over", "zh") and chat.links == []


def test_a_code_cannot_be_guessed(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    chat.say(f"绑定 {case['case_number']} {PHONE}")
    right = chat.code()
    wrong = [one for one in (f"{n:06}" for n in range(9)) if one != right][:8]
    told = [chat.say(one) for one in wrong]
    assert told[0] == word("code_wrong", "zh") and told[-1] != told[0]
    assert chat.say(right) != "" and chat.links == []


def test_nobody_has_a_phone_sent_codes_all_day(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    for _ in range(8):
        chat.say(f"绑定 {case['case_number']} {PHONE}")
    assert len(chat.sms.sent) == 3


def test_binding_can_be_given_up(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    chat.say(f"绑定 {case['case_number']} {PHONE}")
    assert chat.say("取消") == word("bind_dropped", "zh")
    assert chat.say(chat.code()) == "您好。" and chat.links == []


def test_without_text_messages_the_other_ways_are_said(app: Flask) -> None:
    case, chat = register(app), Chat(app, sms=False)
    assert chat.say(f"绑定 {case['case_number']} {PHONE}") == word("no_sms", "zh")
    chat.sms.on, chat.sms.fails = True, [NotSent("busy"), Unknown("timeout")]
    assert chat.say(f"绑定 {case['case_number']} {PHONE}") == word("code_not_sent", "zh")
    assert "尾号5678" in chat.say(f"绑定 {case['case_number']} {PHONE}")


def test_in_a_store_of_invented_cases_no_code_goes_to_a_number_and_no_word_is_promised(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    with chat.ctx.store.write() as records:
        records.beat(DEMO, chat.ctx.clock.now())
    assert chat.say(f"绑定 {case['case_number']} {PHONE}") == word("no_sms", "zh") and chat.sms.sent == []
    assert word("bound_silent", "zh", number=case["case_number"]) in chat.say(str(case["lookup_token"]), Kind.SCAN)
    chat.sms.name = CONSOLE  # shown on this machine, it reaches nobody
    assert "尾号5678" in chat.say(f"绑定 {case['case_number']} {PHONE}") and len(chat.sms.sent) == 1


def test_who_files_in_a_messenger_is_bound_and_told_so_truly(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    named = {"case_number": case["case_number"], "lookup_token": case["lookup_token"]}
    chat.ctx.assistant.messages = [{"custom": {"text": "已经登记好了。", "case": named}}]  # type: ignore[attr-defined]
    assert chat.say("确认提交").endswith(word("filed", "zh"))
    assert [one.proof for one in chat.links] == [Proof.FILED]
    silent = Chat(app, user="oInvented-0002")
    silent.ctx.senders["wechat"].on = False  # type: ignore[attr-defined]
    assert silent.say("确认提交").endswith(word("filed_silent", "zh"))


def test_a_bound_person_asks_for_progress_and_another_goes_to_the_assistant(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    assert chat.say("进度") == "您好。"
    chat.say(str(case["lookup_token"]), Kind.SCAN)
    said = chat.say("进度")
    assert said.startswith(str(case["case_number"])) and "接下来" in said
    chat.say("1")
    assert chat.ctx.assistant.received[-1][1] == "查进度"  # type: ignore[attr-defined]


def test_unbinding_and_leaving_end_it(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    chat.say(str(case["lookup_token"]), Kind.SCAN)
    assert chat.say("解除绑定") == word("unbound", "zh", count=1) and chat.links == []
    assert chat.say("解除绑定") == word("not_bound", "zh")
    chat.say(str(case["lookup_token"]), Kind.SCAN)
    assert chat.say(f"解除绑定 {case['case_number']}") == word("unbound", "zh", count=1)
    chat.say(str(case["lookup_token"]), Kind.SCAN)
    assert chat.say("", Kind.LEFT) == "" and chat.links == []


def test_unbinding_a_case_that_is_not_bound_says_so_of_that_case_only(app: Flask) -> None:
    bound, other, chat = register(app), register(app, "not-bound-here-1"), Chat(app)
    chat.say(str(bound["lookup_token"]), Kind.SCAN)
    number = str(other["case_number"])
    assert chat.say(f"解除绑定 {number}") == word("not_bound_this", "zh", number=number)
    assert len(chat.links) == 1


def test_a_new_code_on_the_receipt_ends_the_old_one_but_no_binding(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    chat.say(str(case["lookup_token"]), Kind.SCAN)
    chat.ctx.clock.advance(timedelta(days=60))  # type: ignore[attr-defined]
    with chat.ctx.store.write() as records:
        records.purge(chat.ctx.clock.now())
    assert len(chat.links) == 1


def test_own_words_are_in_the_language_that_was_chosen(app: Flask) -> None:
    case, chat = register(app), Chat(app)
    chat.say(str(case["lookup_token"]), Kind.SCAN)
    assert chat.say("English") == word("language", "en")
    assert chat.say("", Kind.OTHER) == word("only_text", "en")
    assert [one.language for one in chat.links] == ["en"] and "registered" in chat.say("status")
    assert chat.say("中文") == word("language", "zh")
    assert [one.language for one in chat.links] == ["zh"]


@pytest.mark.parametrize(
    "typed", ["解除绑定 XF20260302-0000-0000-00", "解绑 12", "解绑以后还能不能查进度", "取消绑定要带什么材料"]
)
def test_a_mistyped_number_or_a_question_unbinds_nothing(app: Flask, typed: str) -> None:
    case, chat = register(app), Chat(app)
    chat.say(str(case["lookup_token"]), Kind.SCAN)
    chat.say(typed)
    assert len(chat.links) == 1
    assert chat.say("解绑吧，谢谢") == word("unbound", "zh", count=1)
