"""Sending over WeChat: which answers of the platform mean never, not now, or perhaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from kiosk_api.gateways import wechat_api
from kiosk_api.gateways.clock import SettableClock
from kiosk_api.gateways.wechat_api import WechatApi, WechatHttp
from kiosk_api.gateways.wechat_sender import NOT_NOW, REFUSED, WechatSender, failure_of, filled, message_key
from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, SendError, Unknown
from kiosk_api.services.base.wechat_ports import Template
from tests.channels.fake_wechat import FakeWechat
from tests.channels.one_token import OneToken
from tests.channels.wechat_calls import (
    CUSTOM,
    DROP,
    GARBLED,
    HANG,
    PERSON,
    SERVER_ERROR,
    TEMPLATE,
    serving,
)  # fmt: skip
from tests.ports import reserved

START = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CLOCK = SettableClock(START)
FIELDS = {"number": "XF20260302-ABCD-EFGH-12", "what": "有新进展，请点开查看。" * 3}
TEMPLATES = {
    "progress": Template("T-news", {"number": "character_string1", "what": "thing2"}),
    "agreed": Template("S-news", {"what": "thing2"}, subscription=True),
    "withdrawn": Template("T-gone", {"what": "thing2"}),
}


class Window:
    """Says what the test sets, and counts."""

    def __init__(self) -> None:
        self.reason = ""
        self.noted: list[str] = []

    def why_not(self, to: str) -> str:
        return self.reason

    def note(self, to: str) -> None:
        self.noted.append(to)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(START)


@pytest.fixture
def platform(clock: SettableClock) -> Iterator[FakeWechat]:
    with serving(FakeWechat(clock.now)) as running:
        yield running


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def sender(platform: FakeWechat, window: Window, clock: SettableClock) -> WechatSender:
    return WechatSender(WechatApi(WechatHttp(platform.url), OneToken(platform)), TEMPLATES, window, clock)


def wrote(platform: FakeWechat) -> None:
    """Somebody has just sent a message."""
    platform.note(platform.message("text", Content="在吗"))


def reason(sender: WechatSender, message: Outgoing, kind: type[SendError], to: str = PERSON) -> str:
    with pytest.raises(kind) as failed:
        sender.send(to, message)
    assert PERSON not in str(failed.value) and failed.value.__cause__ is None
    return failed.value.reason


def test_a_text_goes_out_as_customer_service_message_in_chinese(platform: FakeWechat, sender: WechatSender) -> None:
    wrote(platform)
    assert sender.send(PERSON, Outgoing("k1", "您的事已经登记好了。")) == ""
    assert platform.said == [{"touser": PERSON, "msgtype": "text", "text": {"content": "您的事已经登记好了。"}}]


def test_what_went_out_is_counted_and_what_would_be_refused_is_not_tried(
    platform: FakeWechat, sender: WechatSender, window: Window
) -> None:
    wrote(platform)
    sender.send(PERSON, Outgoing("k1", "在"))
    platform.fail(CUSTOM, -1)
    reason(sender, Outgoing("k2", "在"), NotSent)
    assert window.noted == [PERSON]
    before, window.reason = len(platform.calls), "too_many"
    assert reason(sender, Outgoing("k3", "在"), Refused) == "too_many" and len(platform.calls) == before
    sender.send(PERSON, Outgoing("k4", "有新进展", "progress", FIELDS))  # a template needs no word from the person
    assert window.noted == [PERSON] and len(platform.templated) == 1


CHOICES = {"head": "您要做什么？", "choices": {1: "我要反映问题", 2: "查进度"}}
WITH_CHOICES = Outgoing("k", "您要做什么？\n回复前面的数字就行：\n1 我要反映问题\n2 查进度", **CHOICES)  # type: ignore[arg-type]


def test_choices_go_out_to_be_tapped(platform: FakeWechat, sender: WechatSender) -> None:
    wrote(platform)
    sender.send(PERSON, WITH_CHOICES)
    (one,) = platform.said
    assert one["msgmenu"]["head_content"] == "您要做什么？"
    assert one["msgmenu"]["list"] == [{"id": "1", "content": "1 我要反映问题"}, {"id": "2", "content": "2 查进度"}]


@pytest.mark.parametrize("code", [40200, 48001])
def test_an_account_without_menu_messages_sends_the_choices_as_text(
    platform: FakeWechat, sender: WechatSender, code: int
) -> None:
    wrote(platform)
    platform.fail(CUSTOM, code)
    sender.send(PERSON, WITH_CHOICES)
    assert platform.said[0]["text"]["content"] == WITH_CHOICES.text


def test_choices_that_no_menu_holds_are_sent_as_text(platform: FakeWechat, sender: WechatSender) -> None:
    wrote(platform)
    many = {number: "选" for number in range(1, 12)}
    sender.send(PERSON, Outgoing("k1", "十一个", head="选", choices=many))
    sender.send(PERSON, Outgoing("k2", "长", head="长" * 400, choices={1: "选"}))
    assert [one["msgtype"] for one in platform.said] == ["text", "text"]


def test_one_form_may_serve_for_all(platform: FakeWechat, window: Window) -> None:
    api = WechatApi(WechatHttp(platform.url), OneToken(platform))
    sender = WechatSender(api, {"any": Template("T-news", {"what": "thing2"})}, window, CLOCK)
    sender.send(PERSON, Outgoing("k1", "可以评价了", "rate", {"what": "可以评价了"}))
    assert platform.templated[0]["data"] == {"thing2": {"value": "可以评价了"}}
    wrote(platform)
    sender.send(PERSON, Outgoing("k2", "在"))  # an answer has no template
    assert platform.said


def test_a_message_with_a_template_goes_out_as_one_whoever_wrote_when(
    platform: FakeWechat, sender: WechatSender
) -> None:
    sent = sender.send(PERSON, Outgoing("k1", "有新进展", "progress", FIELDS, "https://xinfang.example/r"))
    assert sent == "200000000"
    (one,) = platform.templated
    assert one["data"]["character_string1"] == {"value": FIELDS["number"]} and one["url"] == "https://xinfang.example/r"
    assert len(one["data"]["thing2"]["value"]) == 20 and one["data"]["thing2"]["value"].endswith("…")


def test_the_same_key_twice_is_one_message_at_the_platform(platform: FakeWechat, sender: WechatSender) -> None:
    message = Outgoing("k1", "有新进展", "progress", FIELDS)
    assert sender.send(PERSON, message) == sender.send(PERSON, message)
    assert len(platform.templated) == 1
    sender.send(PERSON, Outgoing("k2", "有新进展", "progress", FIELDS))
    assert len(platform.templated) == 2


def test_a_template_message_in_doubt_may_be_sent_again_while_the_platform_drops_a_second_one(
    platform: FakeWechat, sender: WechatSender, clock: SettableClock
) -> None:
    message = Outgoing("k1", "有新进展", "progress", FIELDS)
    lost = Lost(PERSON, message, clock.now())
    sender.send(PERSON, message)  # it arrived; suppose that its answer was lost
    clock.advance(timedelta(minutes=8))
    assert sender.find("k1", "", lost) is Delivery.NEVER_SEEN
    assert sender.send(PERSON, message) and len(platform.templated) == 1
    platform.fail(TEMPLATE, 45009)  # not now: the second was not sent, the first may have been
    assert reason(sender, message, Unknown) == "quota"
    clock.advance(timedelta(minutes=2))
    assert sender.find("k1", "", lost) is Delivery.CANNOT_TELL
    for other in (Outgoing("k2", "在"), Outgoing("k3", "有新进展", "agreed", FIELDS)):
        assert sender.find(other.key, "", Lost(PERSON, other, clock.now())) is Delivery.CANNOT_TELL


def test_a_subscription_reaches_who_agreed_and_is_refused_by_others(platform: FakeWechat, sender: WechatSender) -> None:
    assert reason(sender, Outgoing("k1", "有新进展", "agreed", FIELDS), Refused) == "not_agreed"
    platform.agreed.add(PERSON)
    sender.send(PERSON, Outgoing("k1", "有新进展", "agreed", FIELDS))
    assert platform.subscribed[0]["template_id"] == "S-news"


def test_after_48_hours_and_after_five_messages_a_text_is_refused(
    platform: FakeWechat, sender: WechatSender, clock: SettableClock
) -> None:
    assert reason(sender, Outgoing("k", "在"), Refused) == "too_late"  # never wrote
    wrote(platform)
    for number in range(5):
        sender.send(PERSON, Outgoing(f"k{number}", "在"))
    assert reason(sender, Outgoing("k5", "在"), Refused) == "too_many"
    wrote(platform)
    clock.advance(timedelta(hours=49))
    platform.access_token = ""
    assert reason(sender, Outgoing("k6", "在"), Refused) == "too_late"


def test_who_has_left_and_templates_that_are_gone_are_refused(platform: FakeWechat, sender: WechatSender) -> None:
    platform.followers.clear()
    assert reason(sender, Outgoing("k", "有新进展", "progress", FIELDS), Refused) == "has_left"
    assert reason(sender, Outgoing("k", "有新进展", "withdrawn", FIELDS), Refused) == "no_such_template"


def test_a_text_longer_than_the_platform_takes_is_not_tried(platform: FakeWechat, sender: WechatSender) -> None:
    wrote(platform)
    sender.send(PERSON, Outgoing("k", "字" * 682 + "xx"))
    assert reason(sender, Outgoing("k", "字" * 683), Refused) == "too_long"
    assert platform.calls.count(CUSTOM) == 1


@pytest.mark.parametrize(("code", "word"), [(-1, "busy"), (45009, "quota"), (45011, "too_fast"), (99999, "code_99999")])
def test_what_may_pass_is_not_sent_now(platform: FakeWechat, sender: WechatSender, code: int, word: str) -> None:
    wrote(platform)
    platform.fail(CUSTOM, code)
    assert reason(sender, Outgoing("k", "在"), NotSent) == word
    sender.send(PERSON, Outgoing("k", "在"))


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_that_is_not_taken_is_renewed_once(platform: FakeWechat, sender: WechatSender, code: int) -> None:
    wrote(platform)
    platform.fail(CUSTOM, code)
    sender.send(PERSON, Outgoing("k", "在"))
    assert len(platform.said) == 1
    platform.fail(CUSTOM, code, code)
    before = platform.renewals
    assert reason(sender, Outgoing("k", "在"), NotSent) == "token"
    assert platform.renewals == before + 1


@pytest.mark.parametrize("how", [DROP, GARBLED, SERVER_ERROR])
@pytest.mark.parametrize("path", [CUSTOM, TEMPLATE])
def test_without_a_clear_answer_nobody_knows(platform: FakeWechat, sender: WechatSender, how: str, path: str) -> None:
    wrote(platform)
    sender.send(PERSON, Outgoing("first", "在"))  # the connection is open
    platform.fail(path, how)
    assert reason(sender, Outgoing("k", "在", "progress" if path == TEMPLATE else ""), Unknown) == "no_answer"


def test_a_platform_that_hangs_is_not_waited_for(platform: FakeWechat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wechat_api, "TIMEOUT", httpx.Timeout(0.2))
    wrote(platform)
    slow = WechatSender(WechatApi(WechatHttp(platform.url), OneToken(platform)), {}, Window(), CLOCK)
    platform.fail(CUSTOM, HANG)
    assert reason(slow, Outgoing("k", "在"), Unknown) == "no_answer"


def test_a_platform_that_does_not_answer_is_left_alone_for_a_while(platform: FakeWechat, sender: WechatSender) -> None:
    wrote(platform)
    sender.send(PERSON, Outgoing("k", "在"))
    platform.fail(CUSTOM, *[SERVER_ERROR] * 9)
    for number in range(3):
        reason(sender, Outgoing(f"k{number}", "在"), Unknown)
    before = len(platform.calls)
    assert reason(sender, Outgoing("k9", "在"), NotSent) == "no_connection" and len(platform.calls) == before


def test_a_platform_that_cannot_be_reached_has_certainly_sent_nothing(platform: FakeWechat) -> None:
    with reserved("away") as ports:
        away = WechatApi(WechatHttp(f"http://127.0.0.1:{ports['away']}"), OneToken(platform))
        assert reason(WechatSender(away, {}, Window(), CLOCK), Outgoing("k", "在"), NotSent) == "no_connection"


def test_without_settings_it_is_off_and_refuses() -> None:
    off = WechatSender(None, {}, Window(), CLOCK)
    assert not off.is_on() and reason(off, Outgoing("k", "在"), Refused) == "off"
    assert off.find("k", "1") is Delivery.CANNOT_TELL


def test_every_number_means_one_thing_only() -> None:
    assert not REFUSED.keys() & NOT_NOW.keys()
    assert isinstance(failure_of(45015), Refused) and isinstance(failure_of(40164), NotSent)


def test_a_key_is_short_and_tells_nothing() -> None:
    assert len(message_key("case-7:registered")) == 32 and "case" not in message_key("case-7:registered")
    assert message_key("a") == message_key("a") != message_key("b")


def test_a_field_that_is_too_long_is_cut_to_what_its_kind_takes() -> None:
    template = Template("T", {"a": "phrase3", "b": "character_string1", "c": "time4", "d": "thing9", "e": "thing5"})
    found = filled(template, {"a": "正在办理之中", "b": "X" * 40, "c": "2026年3月2日 10:00", "d": "字" * 21})
    assert found == {
        "phrase3": "正在办理之", "character_string1": "X" * 32, "time4": "2026年3月2日 10:00",
        "thing9": "字" * 19 + "…", "thing5": "-",
    }  # fmt: skip
