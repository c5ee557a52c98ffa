"""Twilio's calls: who may call, what each message becomes, one effect for many repetitions, callbacks in any order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.notice_attempts import State
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.ports import OutcomeUnknown, StoreBusy
from kiosk_api.services.channels.incoming import Kind
from kiosk_api.web.channels.twilio_message import message, report
from tests.channels.fake_twilio import ACCOUNT, NUMBER, FakeTwilio, signature
from tests.channels.small_server import Reply
from tests.channels.twilio_app import HOME, texts, with_twilio
from tests.factories import START, fresh_app

WHO = "+8613812345678"


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Flask, FakeTwilio]]:
    with with_twilio(tmp_path) as running:
        yield running


def heard(app: Flask) -> list[str]:
    return [text for _, text in app.extensions["kiosk"].assistant.received]


def test_a_message_is_answered_in_twiml_and_its_sender_is_stored_nowhere_in_clear(
    both: tuple[Flask, FakeTwilio], tmp_path: Path
) -> None:
    app, twilio = both
    assert texts(twilio.text("我家门口的路坏了")) == ["您好。"]
    assert heard(app) == ["我家门口的路坏了"]
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("kiosk.db*"))
    assert WHO.encode() not in stored and "路坏了".encode() not in stored


@pytest.mark.parametrize("path", ["/channels/twilio", "/channels/twilio/status"])
def test_without_its_secret_there_is_no_such_address(tmp_path: Path, path: str) -> None:
    client = fresh_app(tmp_path, TWILIO_ACCOUNT_SID=ACCOUNT, TWILIO_FROM=NUMBER).test_client()
    assert (client.post(path, data={"Body": "hi"}).status_code, client.get(path).status_code) == (404, 405)


def test_only_what_twilio_signed_for_this_address_is_heard(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    form, path, client = twilio.incoming("你好"), "/channels/twilio", app.test_client()
    true = signature("invented-token", HOME + path, form)
    for signed in ("", "x", true[:-1], true.lower(), true + "=", signature("other", HOME + path, form),
                   signature("invented-token", "http://localhost" + path, form)):  # fmt: skip
        assert client.post(path, data=form, headers={"X-Twilio-Signature": signed}).status_code == 403
    header = {"X-Twilio-Signature": true}
    assert client.post(path, data=form, headers=header | {"Host": "evil.example"}).status_code == 200
    assert client.post(path + "?a=1", data=form, headers=header).status_code == 403
    assert client.post(path, data=form | {"Body": "别的"}, headers=header).status_code == 403
    assert client.post(path, json=form, headers=header).status_code == 403
    assert client.get(path, query_string=form, headers=header).status_code == 405
    other = form | {"AccountSid": "AC" + "2" * 32}
    assert twilio.call(path, other).status_code == 403  # a stranger's account that knows our token
    assert heard(app) == ["你好"]


def test_a_message_that_comes_a_hundred_times_has_one_effect_and_one_answer(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    form = twilio.incoming("你好")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: twilio.call("/channels/twilio", form).text, range(100)))
    assert len(set(answers)) == 1 and heard(app) == ["你好"]


def test_a_machine_gets_no_answer(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    for sender in ("10086", "BANK", NUMBER, "", "whatsapp:", "+0123"):
        assert texts(twilio.text("验证码1234", sender=sender)) == []
    assert heard(app) == []


def test_signs_that_xml_cannot_hold_are_left_out_of_an_answer(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": "a\x0b\x00<b>&\ufffe\u200b好"}}]
    (said,) = texts(twilio.text("你好"))
    assert said.replace("\n", "") == "a<b>&好"


def test_stop_unbinds_and_gets_no_answer_and_start_greets(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    for stop in ("STOP", " stop ", "Unsubscribe", "CANCEL", "退出"):
        said = texts(twilio.text(stop))
        assert (said == []) == (stop != "退出"), stop
    assert texts(twilio.text("别再发了", OptOutType="STOP")) == []
    assert texts(twilio.text("START")) == [word("welcome", "zh")]
    twilio.text("HELP")
    assert heard(app) == ["退出", "帮助"]
    assert texts(twilio.text("CANCEL", sender=f"whatsapp:{WHO}", to=f"whatsapp:{NUMBER}")) != []


def test_whatsapp_is_another_channel_of_the_same_number(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    twilio.text("你好")
    twilio.text("你好", sender=f"whatsapp:{WHO}", to=f"whatsapp:{NUMBER}", WaId=WHO[1:], ProfileName="To 某某 Body")
    assert len({session for session, _ in app.extensions["kiosk"].assistant.received}) == 2
    with app.extensions["kiosk"].store.read() as records:
        people = [
            records.channel_users.find(messenger_mark(app.extensions["kiosk"], one, WHO)) for one in ("sms", "whatsapp")
        ]
    assert [(one.channel, one.address) for one in people if one] == [("sms", WHO), ("whatsapp", WHO)]


@pytest.mark.parametrize(("more", "kind", "text"), [
    ({"Latitude": "31.23", "Longitude": "121.47", "Address": "人民大道200号", "Label": "市政府"}, Kind.PLACE, "人民大道200号，市政府"),
    ({"Latitude": "31.23", "Longitude": "121.47"}, Kind.PLACE, "北纬31.23，东经121.47"),
    ({"NumMedia": "1", "MediaContentType0": "audio/ogg", "MediaUrl0": "https://x"}, Kind.VOICE, ""),
    ({"NumMedia": "1", "MediaContentType0": "video/mp4", "MediaUrl0": "https://x"}, Kind.OTHER, ""),
    ({"NumMedia": "99999999999"}, Kind.TEXT, ""), ({"NumMedia": "-1", "Latitude": "x", "Longitude": "1"}, Kind.TEXT, ""),
])  # fmt: skip
def test_places_voices_and_other_things_are_named_as_such(more: dict[str, str], kind: Kind, text: str) -> None:
    one = message(FakeTwilio(lambda: START).incoming("", **more), START, None)
    assert one and (one.kind, one.text) == (kind, text)


def test_pictures_are_fetched_and_their_words_are_heard_after_them(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(drawn, "JPEG")
    sid = "MM" + "a" * 32
    places = [f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media/ME{one * 32}" for one in "bc"]
    twilio.pictures |= {places[0]: Reply(200, drawn.getvalue()), places[1]: Reply(404)}
    more = {f"MediaUrl{n}": twilio.url + place for n, place in enumerate(places)}
    more |= {f"MediaContentType{n}": "image/jpeg" for n in range(2)}
    answers = [
        texts(twilio.text("墙裂了", MessageSid=sid, NumMedia="2", **more)) for _ in range(2)
    ]  # fmt: skip
    assert answers[0] == answers[1] and heard(app) == ["墙裂了"]
    assert [one.path for one in twilio.asked] == places
    assert answers[0][-1].endswith("您好。")


def test_callbacks_without_a_message_of_ours_change_nothing(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    one = {"sid": twilio.sid(), "to": WHO, "callback": f"{HOME}/channels/twilio/status?key=k-1"}
    for status in ("queued", "delivered", "failed", "no such", ""):
        assert twilio.report(one, status, ErrorCode="30003").status_code == 204
    assert twilio.call("/channels/twilio/status", {"AccountSid": ACCOUNT}).status_code == 204
    assert app.test_client().post("/channels/twilio/status?key=k-1", data={"MessageSid": "SM1"}).status_code == 403


def test_what_a_callback_says_is_read(both: tuple[Flask, FakeTwilio]) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "read", "To": f"whatsapp:{WHO}"}
    assert report(form) == ("whatsapp", "SM1", State.DELIVERED.value)
    assert report(form | {"MessageStatus": "receiving"}) is report({}) is None


@pytest.mark.parametrize(("fault", "key"), [(StoreBusy("locked"), "full"), (OutcomeUnknown("commit"), "lost")])
def test_a_store_that_is_busy_or_gave_no_answer_is_an_honest_sentence(
    both: tuple[Flask, FakeTwilio], monkeypatch: pytest.MonkeyPatch, fault: StoreBusy, key: str
) -> None:
    def failing(*_given: object) -> None:
        raise fault

    monkeypatch.setattr("kiosk_api.web.channels.twilio.hear", failing)
    assert texts(both[1].text("在吗")) == [word(key, "zh")]
