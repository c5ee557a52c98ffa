"""What comes too late for the reply is sent once, or said with the next answer; a process that died is owned up to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.messenger_words import word
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.sending import Delivery, NotSent, Refused, Unknown
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.channels import hear as hearing
from kiosk_api.services.channels.answer import LATER
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.hear import LATE_TOPIC, hear
from kiosk_api.services.channels.late import mend, send_answer
from kiosk_api.services.chat.repeats import Repeats
from kiosk_api.services.chat.sessions import ChatSessions
from tests.channels.messengers import WHO, KeptSender, SlowAssistant, message, parts_of
from tests.factories import fresh_app
from tests.waiting import wait_for

PATIENT = 120.0  # seconds: as long as a test may take on a busy machine
HANDLERS = {LATE_TOPIC: send_answer}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


def outbox(ctx: Any) -> int:
    return deliver(ctx, HANDLERS)


def test_a_slow_answer_is_promised_and_sent_once(app: Flask) -> None:
    assistant, sender = SlowAssistant(), KeptSender()
    ctx, desk = parts_of(app, assistant=assistant, senders={"wechat": sender})
    assert hear(ctx, desk, message("你好"), 0.01) == LATER
    assert hear(ctx, desk, message("你好"), 0.01) == LATER
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    assert hear(ctx, desk, message("你好"), PATIENT) == LATER  # the Sender has it: the reply must not say it too
    assert outbox(ctx) == 1 and outbox(ctx) == 0
    assert [(to, one.text) for to, one in sender.sent] == [(WHO, "听到：你好")]
    with ctx.store.read() as records:
        person = records.channel_users.find(messenger_mark(ctx, "wechat", WHO))
    assert person is not None and person.sent == 1


def test_what_cannot_be_sent_is_said_with_the_next_answer(app: Flask) -> None:
    assistant, sender = SlowAssistant(), KeptSender()
    ctx, desk = parts_of(app, assistant=assistant, senders={"wechat": sender})
    sender.fails = [Refused("outside_48_hours")]
    hear(ctx, desk, message("你好"), 0.01)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    assert outbox(ctx) == 1 and sender.sent == []
    assert hear(ctx, desk, message("在吗", 2), PATIENT).texts == ("听到：你好", "听到：在吗")
    assert hear(ctx, desk, message("好", 3), PATIENT).texts == ("听到：好",)


def test_without_a_sender_the_person_is_told_to_write_again(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant)
    assert hear(ctx, desk, message("你好"), 0.01).texts == (word("next_time", "zh"),)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    outbox(ctx)
    assert hear(ctx, desk, message("在吗", 2), PATIENT).texts == ("听到：你好", "听到：在吗")


def test_a_late_answer_is_sent_again_only_when_the_platform_never_saw_it(app: Flask) -> None:
    assistant, sender = SlowAssistant(), KeptSender()
    ctx, desk = parts_of(app, assistant=assistant, senders={"wechat": sender})
    sender.fails = [NotSent("busy"), Unknown("timeout"), Unknown("timeout")]
    hear(ctx, desk, message("你好"), 0.01)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    for _ in range(4):
        outbox(ctx)
        ctx.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    assert sender.texts == ["听到：你好"]


def test_what_the_platform_may_have_is_not_sent_twice(app: Flask) -> None:
    assistant, sender = SlowAssistant(), KeptSender()
    sender.find = lambda key, platform_id: Delivery.CANNOT_TELL  # type: ignore[method-assign]
    ctx, desk = parts_of(app, assistant=assistant, senders={"wechat": sender})
    sender.fails = [Unknown("timeout")]
    hear(ctx, desk, message("你好"), 0.01)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    for _ in range(3):
        outbox(ctx)
        ctx.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    assert sender.sent == []


def test_a_message_whose_process_died_gets_an_honest_word(app: Flask) -> None:
    sender = KeptSender()
    ctx, desk = parts_of(app, senders={"wechat": sender})
    hearing._take_in(ctx, message("你好"), 0)  # and then the process is killed
    assert not mend(ctx) and outbox(ctx) == 0
    assert hear(ctx, desk, message("你好"), 0.0) == LATER
    ctx.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    mend(ctx)
    mend(ctx)
    assert outbox(ctx) == 1 and sender.texts == [word("lost", "zh")]
    assert hear(ctx, desk, message("你好"), PATIENT) == LATER


def test_with_many_turns_ahead_nobody_waits_for_an_answer_that_cannot_come(app: Flask) -> None:
    assistant, sender = SlowAssistant(), KeptSender()
    ctx, _ = parts_of(app, assistant=assistant, senders={"wechat": sender})
    desk = Desk(ChatSessions(), Repeats(), threads=1)
    for number in range(3):
        hear(ctx, desk, message("你好", user=f"oInvented-{number}"), 0.0)
    assert hear(ctx, desk, message("你好", user="oInvented-9"), PATIENT) == LATER
    ctx.clock.advance(timedelta(seconds=30))  # type: ignore[attr-defined]
    assert not mend(ctx) and outbox(ctx) == 3  # of the three whose leases are over; this one is still worked on
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    outbox(ctx)
    assert sorted(sender.texts) == sorted(["听到：你好"] + [word("lost", "zh")] * 3)
