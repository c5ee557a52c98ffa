"""A channel of plain text: the card as numbered lines, whole messages, and the way to the form."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from twilio.request_validator import RequestValidator

from kiosk_api.domain.segments import segments
from kiosk_api.services.channels.answer import answer_of
from kiosk_api.services.channels.plain_text import SMS
from kiosk_api.services.channels.text_messages import texts_for
from kiosk_api.services.chat.chat import Link, Reply, Turn
from tests.factories import fresh_app

HOME = "https://xinfang.example"
ROWS = [
    {"number": 1, "field": "facts", "label": "事实经过", "text": "修路占地", "whole": "", "change": "改事实经过"},
    {"number": 2, "field": "phone", "label": "电话", "text": "*******5678", "whole": "", "change": "改电话"},
    {"number": 0, "field": "confidential", "label": "保密", "text": "请为我保密", "whole": "", "change": ""},
]
CARD = {"title": "请核对一遍：", "rows": ROWS, "closing": "都对吗？"}


def messages(turn: Turn, public_url: str) -> list[str]:
    return texts_for("sms", answer_of(turn, public_url), public_url)


def unnumbered(said: list[str]) -> list[str]:
    """Several messages without （1/3） before them."""
    numbers = [f"（{place}/{len(said)}）" for place in range(1, len(said) + 1)]
    assert [one[: len(number)] for one, number in zip(said, numbers, strict=True)] == numbers
    return [one[len(number) :] for one, number in zip(said, numbers, strict=True)]


def turn(*replies: Reply, degraded: bool = False) -> Turn:
    return Turn("s" * 20, degraded, None, list(replies))


def test_the_card_is_numbered_lines_and_says_how_to_change_one() -> None:
    (said,) = messages(turn(Reply("请核对一遍：……", [{"label": "确认提交", "value": "确认提交"}], card=CARD)), HOME)
    assert said.splitlines() == [
        "请核对一遍：", "1 事实经过：修路占地", "2 电话：*******5678", "保密：请为我保密",
        "哪一行不对，回复前面的编号就能改。", "都对吗？", "回复前面的数字就行：", "3 确认提交",
    ]  # fmt: skip


def test_a_long_answer_comes_in_several_messages_and_nothing_is_lost() -> None:
    lines = [f"第{number}行：" + "字" * 80 for number in range(20)]
    said = unnumbered(messages(turn(Reply("\n".join(lines))), HOME))
    assert 1 < len(said) <= SMS.most and all(len(one) <= SMS.longest for one in said)
    assert "\n".join(said) == "\n".join(lines)
    assert "".join(unnumbered(messages(turn(Reply("字" * 1_500)), HOME))) == "字" * 1_500


def test_what_does_not_fit_is_to_be_had_on_a_page() -> None:
    said = messages(turn(Reply("字" * 20_000)), HOME)
    assert len(said) == SMS.most and f"到 {HOME}/m 上问" in said[-1] and said[-1].endswith("回复“先存着”。）")
    assert all(segments(one) <= 6 for one in said)


def test_the_form_is_named_with_what_takes_the_told_along_but_not_while_the_assistant_is_away() -> None:
    offer = Reply("我们慢慢来。", links=(Link("带着说过的去填表", "/form"),))
    (said,) = messages(turn(offer), HOME)
    assert f"{HOME}/form" in said and "先存着" in said and "我有续填码" in said
    (said,) = messages(turn(offer, degraded=True), HOME)
    assert f"{HOME}/form" in said and "先存着" not in said


def test_a_registered_petition_comes_with_the_address_that_pages_show_as_a_code() -> None:
    case = {"case_number": "XF20260315-ABCD-EFGH-12", "lookup_token": "t" * 32}
    (said,) = messages(turn(Reply("已经登记好了。", case=case)), HOME)
    assert said.endswith(f"{HOME}/r#{'t' * 32}") and "别转发" in said


def test_links_that_only_a_page_can_follow_are_left_out() -> None:
    links = (Link("找工作人员", "#staff"), Link("打咨询电话：010-6555 0199", "tel:01065550199"))
    assert messages(turn(Reply("咨询电话：010-6555 0199。", links=links)), HOME) == ["咨询电话：010-6555 0199。"]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path, TWILIO_AUTH_TOKEN="invented", KIOSK_PUBLIC_URL=HOME)


def sms(app: Flask, text: str, sid: str = "SM1") -> Any:
    """One signed message."""
    fields = {"From": "+8613812345678", "Body": text, "MessageSid": sid}
    signature = RequestValidator("invented").compute_signature(f"{HOME}/channels/twilio", fields)
    return app.test_client().post("/channels/twilio", data=fields, headers={"X-Twilio-Signature": signature})


def test_a_message_by_sms_is_answered_with_the_numbered_card(app: Flask) -> None:
    assistant = app.extensions["kiosk"].assistant
    assistant.messages = [{"custom": {"text": "请核对一遍：", "card": CARD, "expects": "confirm"}}]
    answer = sms(app, "看看都记了什么")
    assert answer.status_code == 200
    (said,) = re.findall(r"<Message>(.*?)</Message>", answer.text, re.S)
    assert "2 电话：*******5678" in said
    sms(app, "2", "SM2")
    assert assistant.received[-1][1] == "改电话"


def test_a_long_answer_by_sms_is_several_messages(app: Flask) -> None:
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "字" * 1_000}}]
    found = re.findall(r"<Message>(.*?)</Message>", sms(app, "看全文").text, re.S)
    assert "".join(unnumbered(found)) == "字" * 1_000 and len(found) == 3


def test_the_chat_api_hands_card_and_links_on_as_published(app: Flask) -> None:
    links = [{"label": "带着说过的去填表", "href": "/form"}]
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "请核对一遍：", "card": CARD, "links": links}}]
    (reply,) = app.test_client().post("/api/v1/chat", json={"text": "看看"}).get_json()["replies"]
    assert reply == {"text": "请核对一遍：", "card": CARD, "links": links}
