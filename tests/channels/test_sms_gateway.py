"""The gateway of an office's choice: what is sent, and what each answer means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_api.gateways.sms_gateway import Gateway, GatewayFault, SmsGateway, said_at
from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, SendError, Unknown
from tests.channels.small_server import Reply, Request, serving
from tests.factories import START

TO = "+8613812345678"
WORD = Outgoing("notice-7", "您的信访件（尾号0012）有“新进展”。\n", "progress", {"tail": "0012"}, "https://x.example/q")
JSON = "Content-Type: application/json"


class Provider:
    """A provider that gives the planned answer and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.reply = Reply(200, b'{"code": 0, "data": {"ids": ["m-1"]}}')

    def answer(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.reply


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def url(provider: Provider) -> Iterator[str]:
    with serving(provider.answer) as at:
        yield at


def gateway(url: str, **more: Any) -> SmsGateway:
    given = {"method": "POST", "headers": f"{JSON}\nX-Key: {{secret}}", "secret": "invented", "ok": "/code=0|OK",
             "body": '{"mobile": "{number}", "content": "{text}", "id": "{key}", "template": "{template}", "p": "{fields}"}',
             "id": "/data/ids/0", "refused": "/code=1012|BLACK", "templates": {"progress": "T-9"}}  # fmt: skip
    return SmsGateway(Gateway(url=f"{url}/send", **(given | more)))


def test_a_message_is_one_request_with_everything_in_its_place(provider: Provider, url: str) -> None:
    assert gateway(url).send(TO, WORD) == "m-1"
    (request,) = provider.asked
    assert (request.method, request.path, request.headers["x-key"]) == ("POST", "/send", "invented")
    assert json.loads(request.body) == {
        "mobile": "13812345678", "content": f"{WORD.text} {WORD.link}", "id": "notice-7", "template": "T-9",
        "p": '{"tail": "0012"}',
    }  # fmt: skip


def test_forms_addresses_and_xml_are_escaped_in_their_own_ways(provider: Provider, url: str) -> None:
    form = "Content-Type: application/x-www-form-urlencoded; charset=utf-8"
    gateway(url, headers=form, body="to={to}&text={text}&k={key}").send(TO, WORD)
    assert provider.asked[-1].form == {"to": TO, "text": f"{WORD.text} {WORD.link}", "k": "notice-7"}
    gateway(f"{url}/a?n={{to}}&t={{text}}&x=", method="GET", headers=form).send(TO, WORD)
    assert provider.asked[-1].query["n"] == TO and provider.asked[-1].query["t"] == f"{WORD.text} {WORD.link}"
    gateway(url, headers="Content-Type: text/xml", body="<t>{text}</t>").send(TO, Outgoing("k", "a<b&c"))
    assert provider.asked[-1].body == b"<t>a&lt;b&amp;c</t>"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.text('{}tokeyscr"\\', max_size=60))
def test_no_text_breaks_out_of_its_place(text: str, key: str) -> None:
    body = gateway("http://127.0.0.1:9").body_for(TO, Outgoing(key, text))
    found = json.loads(body)
    assert (found["content"], found["id"], found["mobile"]) == (text, key, "13812345678")


@pytest.mark.parametrize(("reply", "error"), [
    (Reply(200, b'{"code": 1012}'), Refused), (Reply(400, b'{"code": "BLACK"}'), Refused),
    (Reply(200, b'{"code": 5}'), NotSent), (Reply(200, b'{"code": false}'), NotSent), (Reply(200, b"[0]"), NotSent),
    (Reply(429), NotSent), (Reply(401), NotSent), (Reply(404), NotSent), (Reply(302), NotSent),
    (Reply(500), Unknown), (Reply(503, b'{"code": "BLACK"}'), Unknown), (Reply(200, b"<html>"), Unknown),
    (Reply(cut=True), Unknown), (Reply(200, b" " * 300_000), Unknown), (Reply(200, b"[" * 100_000), Unknown),
])  # fmt: skip
def test_each_answer_says_exactly_one_thing(provider: Provider, url: str, reply: Reply, error: type[SendError]) -> None:
    provider.reply = reply
    with pytest.raises(SendError) as raised:
        gateway(url).send(TO, WORD)
    assert raised.type is error and len(provider.asked) == 1


@pytest.mark.parametrize("wrong", [{"secret": "密钥"}, {"url": "http://[::1"}, {"url": "ftp://127.0.0.1/x"}])
def test_what_cannot_be_written_was_not_sent(wrong: dict[str, str]) -> None:
    given = Gateway(**({"url": "http://127.0.0.1:9", "method": "POST", "headers": f"{JSON}\nX-Key: {{secret}}",
                        "body": ""} | wrong))  # fmt: skip
    with pytest.raises(NotSent):
        SmsGateway(given).send(TO, WORD)
    assert SmsGateway(replace(given, find_url=given.url + "/{key}")).find("k", "") == Delivery.CANNOT_TELL


def test_without_rules_every_success_is_sent(provider: Provider, url: str) -> None:
    provider.reply = Reply(200, b"ok")
    assert gateway(url, ok="", id="", refused="").send(TO, WORD) == ""


def test_landlines_are_refused_without_asking(provider: Provider, url: str) -> None:
    for to in ("+862558881234", "+8613812345678;ext=8001", "13812345678"):
        with pytest.raises(Refused):
            gateway(url).send(to, WORD)
    assert not provider.asked


FOUND = {
    "find_url": "/find?k={key}&i={id}",
    "delivered": "/s=DELIVRD|1",
    "failed": "/s=UNDELIV",
    "never_seen": "/s=404",
}


@pytest.mark.parametrize(("reply", "state"), [
    (Reply(200, b'{"s": "DELIVRD"}'), "delivered"), (Reply(200, b'{"s": 1}'), "delivered"),
    (Reply(200, b'{"s": "UNDELIV"}'), "failed"), (Reply(404, b'{"s": 404}'), "never_seen"),
    (Reply(200, b'{"s": "ACCEPTD", "code": 0}'), "sent"), (Reply(200, b'{"s": "ACCEPTD"}'), "cannot_tell"),
    (Reply(500, b'{"s": 1}'), "cannot_tell"), (Reply(cut=True), "cannot_tell"), (Reply(200, b"?"), "cannot_tell"),
])  # fmt: skip
def test_what_became_of_a_message_is_asked_as_the_settings_say(
    provider: Provider, url: str, reply: Reply, state: str
) -> None:
    provider.reply = reply
    sms = gateway(url, **FOUND | {"find_url": url + FOUND["find_url"]})
    assert sms.find("notice-7", "m-1", Lost(TO, WORD, START)) == Delivery(state)
    assert provider.asked[-1].query == {"k": "notice-7", "i": "m-1"} and provider.asked[-1].method == "GET"


def test_nobody_can_tell_where_no_way_to_ask_is_set(provider: Provider, url: str) -> None:
    assert gateway(url).find("notice-7", "m-1") == Delivery.CANNOT_TELL
    assert gateway(url, find_url=f"{url}/find?i={{id}}").find("notice-7", "") == Delivery.CANNOT_TELL
    assert not provider.asked


@pytest.mark.parametrize(("wrong", "named"), [
    ({"ok": "code=0"}, "SMS_GATEWAY_OK"), ({"ok": "/code"}, "SMS_GATEWAY_OK"), ({"refused": "x"}, "SMS_GATEWAY_REFUSED"),
    ({"id": "data"}, "SMS_GATEWAY_ID"), ({"headers": "nothing"}, "SMS_GATEWAY_HEADERS"), ({"headers": ""}, "Content-Type"),
    ({"body": '{"phone": {to}}'}, "SMS_GATEWAY_BODY"), ({"delivered": "="}, "SMS_GATEWAY_DELIVERED"),
])  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(GatewayFault, match=named):
        gateway("http://127.0.0.1:9", **wrong)


@pytest.mark.parametrize(("pointer", "said"), [
    ("/a/b", "1"), ("/l/1", "true"), ("/l/9", ""), ("/l/x", ""), ("/n", ""), ("/a~1b", "x"), ("/t~0", "y"), ("/a", ""),
    ("/a/b/c", ""),
])  # fmt: skip
def test_a_pointer_is_read_as_rfc_6901_says(pointer: str, said: str) -> None:
    value = {"a": {"b": 1}, "l": [0, True], "n": None, "a/b": "x", "t~": "y"}
    assert said_at(value, pointer) == said
