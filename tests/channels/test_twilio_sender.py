"""Sending by Twilio: each of its answers says exactly one thing, and a lost message is looked for before it goes again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kiosk_api.gateways.clock import SettableClock
from kiosk_api.gateways.twilio_codes import LATER, NEVER, OURS
from kiosk_api.gateways.twilio_sms import MOST_CHARACTERS, TwilioAccount, TwilioApi, TwilioSender
from kiosk_api.services.base.sending import Delivery, Lost, NotSent, Outgoing, Refused, SendError, Unknown
from tests.channels.fake_twilio import ACCOUNT, NUMBER, TOKEN, FakeTwilio, fake_twilio
from tests.factories import START

TO = "+8613812345678"
WORD = Outgoing("notice/7 a", "您的信访件（尾号0012）有新进展。", link="https://xinfang.example/q")
HOME = "https://xinfang.example"


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(START)


@pytest.fixture
def twilio(clock: SettableClock) -> Iterator[FakeTwilio]:
    with fake_twilio(clock.now) as running:
        yield running


def sender(twilio: FakeTwilio, clock: SettableClock, name: str = "sms", by: str = NUMBER, **more: Any) -> TwilioSender:
    account = TwilioAccount(ACCOUNT, more.pop("token", TOKEN), twilio.url, f"{HOME}/channels/twilio/status", **more)
    return TwilioSender(name, TwilioApi(account), by, clock, {"registered": "HX" + "2" * 32 + ":office, tail"})


def test_a_message_goes_with_its_link_and_an_address_that_carries_its_key(
    twilio: FakeTwilio, clock: SettableClock
) -> None:
    sid = sender(twilio, clock).send(TO, WORD)
    (message,) = twilio.messages
    assert message["sid"] == sid and (message["to"], message["from"]) == (TO, NUMBER)
    assert message["body"] == f"{WORD.text}\n{WORD.link}"
    assert message["callback"] == f"{HOME}/channels/twilio/status?key=notice%2F7%20a"


def test_whatsapp_and_services_are_addressed_as_twilio_wants_it(twilio: FakeTwilio, clock: SettableClock) -> None:
    sender(twilio, clock, "whatsapp").send(TO, WORD)
    sender(twilio, clock, "whatsapp").send(TO, Outgoing("k", "…", "registered", {"tail": "0012", "office": "信访局"}))
    sender(twilio, clock, by="MG" + "3" * 32).send(TO, WORD)
    free, approved, service = (one["form"] for one in twilio.messages)
    assert (free["To"], free["From"]) == (f"whatsapp:{TO}", f"whatsapp:{NUMBER}")
    assert approved["ContentSid"] == "HX" + "2" * 32 and approved["ContentVariables"] == '{"1": "信访局", "2": "0012"}'
    assert "Body" not in approved
    assert service["MessagingServiceSid"] == "MG" + "3" * 32 and "From" not in service


def test_the_link_is_never_the_part_that_is_cut(twilio: FakeTwilio, clock: SettableClock) -> None:
    sender(twilio, clock).send(TO, Outgoing("k", "字" * 3_000, link=WORD.link))
    body = twilio.messages[0]["body"]
    assert len(body) == MOST_CHARACTERS and body.endswith("\n" + WORD.link)


@pytest.mark.parametrize("to", ["+862558881234", "+8613812345678;ext=8001", "13812345678", "", "+86", "+1; drop"])
def test_what_cannot_take_texts_is_refused_without_asking(twilio: FakeTwilio, clock: SettableClock, to: str) -> None:
    with pytest.raises(Refused, match="no_mobile"):
        sender(twilio, clock).send(to, WORD)
    assert not twilio.asked


@pytest.mark.parametrize(("answer", "error"), [
    *(((400, code), Refused) for code in NEVER),
    *(((400, code), NotSent) for code in (*LATER, *OURS, 29999, 0)),
    ((429, 20429), NotSent), ((429, 21610), Refused), ((401, 20003), NotSent), ((403, 0), NotSent),
    ((404, 20404), NotSent), ((302, 0), NotSent),
    ((500, 20500), Unknown), ((503, 20503), Unknown), ((500, 21610), Unknown), ((502, 0), Unknown),
    ("lost on the way", Unknown), ("taken, no answer", Unknown), ("taken, 500", Unknown), ("taken, nonsense", Unknown),
])  # fmt: skip
def test_each_answer_says_exactly_one_thing(
    twilio: FakeTwilio, clock: SettableClock, answer: Any, error: type[SendError]
) -> None:
    twilio.next_answers.append(answer)
    with pytest.raises(SendError) as raised:
        sender(twilio, clock).send(TO, WORD)
    assert raised.type is error
    assert raised.value.reason.replace("_", "").isalnum() and raised.value.reason.isascii()
    assert len(twilio.asked) == 1  # never repeated by itself


def test_a_platform_that_hangs_is_unknown_and_one_that_is_not_there_is_not_sent(
    twilio: FakeTwilio, clock: SettableClock
) -> None:
    twilio.next_answers.append("taken, hangs")
    with pytest.raises(Unknown, match="timeout"):
        sender(twilio, clock, wait_s=0.2).send(TO, WORD)
    with fake_twilio(clock.now) as gone:
        pass
    with pytest.raises(NotSent, match="no_connection"):
        sender(gone, clock).send(TO, WORD)


def test_a_wrong_secret_is_the_offices_fault(twilio: FakeTwilio, clock: SettableClock) -> None:
    with pytest.raises(NotSent, match="account"):
        sender(twilio, clock, token="old").send(TO, WORD)


@pytest.mark.parametrize(("status", "known"), [
    ("accepted", "sent"), ("queued", "sent"), ("sending", "sent"), ("sent", "sent"), ("delivered", "delivered"),
    ("read", "delivered"), ("undelivered", "failed"), ("failed", "failed"), ("canceled", "failed"),
    ("something new", "cannot_tell"),
])  # fmt: skip
def test_what_became_of_a_message_is_asked_by_its_id(
    twilio: FakeTwilio, clock: SettableClock, status: str, known: str
) -> None:
    sms = sender(twilio, clock)
    sid = sms.send(TO, WORD)
    twilio.messages[0]["status"] = status
    assert sms.find(WORD.key, sid) == Delivery(known)


def test_a_message_that_twilio_has_deleted_was_sent_all_the_same(twilio: FakeTwilio, clock: SettableClock) -> None:
    sms = sender(twilio, clock)
    sid = sms.send(TO, WORD)
    twilio.messages.clear()
    assert sms.find(WORD.key, sid) == Delivery.CANNOT_TELL


@pytest.mark.parametrize("name", ["sms", "whatsapp"])
def test_a_lost_message_is_found_among_those_sent_to_its_number(
    twilio: FakeTwilio, clock: SettableClock, name: str
) -> None:
    sms, lost = sender(twilio, clock, name), Lost(TO, WORD, clock.now())
    twilio.next_answers.append("taken, no answer")
    with pytest.raises(Unknown):
        sms.send(TO, WORD)
    clock.advance(timedelta(minutes=5))
    assert sms.find(WORD.key, "", lost) == Delivery.SENT
    twilio.messages[0]["status"] = "delivered"
    assert sms.find(WORD.key, "", lost) == Delivery.DELIVERED


def test_a_message_that_was_never_taken_is_so_called_only_after_a_while(
    twilio: FakeTwilio, clock: SettableClock
) -> None:
    sms, lost = sender(twilio, clock), Lost(TO, WORD, clock.now())
    twilio.next_answers.append("lost on the way")
    with pytest.raises(Unknown):
        sms.send(TO, WORD)
    clock.advance(timedelta(seconds=80))
    assert sms.find(WORD.key, "", lost) == Delivery.CANNOT_TELL
    clock.advance(timedelta(seconds=10))
    assert sms.find(WORD.key, "", lost) == Delivery.NEVER_SEEN


def test_an_earlier_message_of_the_same_words_is_not_taken_for_the_lost_one(
    twilio: FakeTwilio, clock: SettableClock
) -> None:
    sms = sender(twilio, clock)
    sms.send(TO, WORD)
    clock.advance(timedelta(hours=1))
    lost = Lost(TO, replace(WORD, key="another"), clock.now())
    clock.advance(timedelta(minutes=5))
    assert sms.find("another", "", lost) == Delivery.NEVER_SEEN


def test_a_neighbour_of_the_same_words_is_not_taken_for_the_lost_one(twilio: FakeTwilio, clock: SettableClock) -> None:
    sms = sender(twilio, clock)
    neighbour = sms.send(TO, WORD)
    clock.advance(timedelta(seconds=4))
    lost = Lost(TO, replace(WORD, key="another"), clock.now(), lambda sid: sid == neighbour)
    twilio.next_answers.append("lost on the way")
    with pytest.raises(Unknown):
        sms.send(TO, lost.message)
    clock.advance(timedelta(minutes=5))
    assert sms.find("another", "", lost) == Delivery.NEVER_SEEN
    sms.send(TO, lost.message)
    assert sms.find("another", "", lost) == Delivery.SENT


def test_of_two_that_may_be_the_lost_one_nobody_can_tell(twilio: FakeTwilio, clock: SettableClock) -> None:
    sms, lost = sender(twilio, clock), Lost(TO, WORD, clock.now())
    sms.send(TO, WORD)
    sms.send(TO, WORD)
    clock.advance(timedelta(minutes=5))
    assert sms.find(WORD.key, "", lost) == Delivery.CANNOT_TELL


def test_without_a_number_nobody_can_tell_and_nobody_is_asked(twilio: FakeTwilio, clock: SettableClock) -> None:
    sms, lost = sender(twilio, clock), Lost("", WORD, clock.now())
    clock.advance(timedelta(minutes=5))
    assert sms.find(WORD.key, "", lost) == Delivery.CANNOT_TELL and not twilio.asked


def test_the_two_clocks_may_differ_by_hours(clock: SettableClock) -> None:
    with fake_twilio(lambda: clock.now() + timedelta(hours=3)) as ahead:
        sms, lost = sender(ahead, clock), Lost(TO, WORD, clock.now())
        sender(ahead, clock).send(TO, WORD)
        clock.advance(timedelta(minutes=5))
        assert sms.find(WORD.key, "", lost) == Delivery.SENT


def test_a_lost_message_of_approved_words_is_any_of_that_time(twilio: FakeTwilio, clock: SettableClock) -> None:
    wa, word = sender(twilio, clock, "whatsapp"), Outgoing("k", "…", "registered", {"tail": "0012", "office": "信访局"})
    lost = Lost(TO, word, clock.now())
    sender(twilio, clock, "whatsapp").send(TO, word)
    clock.advance(timedelta(minutes=5))
    assert wa.find("k", "", lost) == Delivery.SENT


def test_nobody_can_tell_while_twilio_is_away_or_nothing_is_known(clock: SettableClock) -> None:
    with fake_twilio(clock.now) as gone:
        sms = sender(gone, clock)
        assert sms.find("k", "") == Delivery.CANNOT_TELL
    lost = Lost(TO, WORD, START - timedelta(days=1))
    assert sms.find("k", "SM" + "0" * 32, lost) == sms.find("k", "", lost) == Delivery.CANNOT_TELL
