"""What comes too late for the reply is sent once, or said with the next answer; a process that died is owned up to."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.policy import CHANNEL_WAITING_MOST
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.sending import Delivery, NotSent, Outgoing, Refused, Unknown
from kiosk_api.services.base.sent_ids import known_ids
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.channels import hear as hearing
from kiosk_api.services.channels.answer import LATER, said
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.hear import LATE_TOPIC, hear, send_later
from kiosk_api.services.channels.late import mend, send_answer
from kiosk_api.services.channels.late_parts import send_once
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


def test_what_cannot_wait_is_said_in_the_persons_language_too(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant)
    danger = "家里着火了"
    (chinese,) = hear(ctx, desk, message(danger, 1), 0.0).texts
    assert "119" in chinese
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    hear(ctx, desk, message("English", 2), PATIENT)
    assistant.go.clear()
    assert hear(ctx, desk, message(danger, 3), 0.0).texts == (chinese, word("danger", "en"))
    assert hear(ctx, desk, message("你好", 4), 0.0).texts == (word("next_time", "en"),)
    assistant.go.set()
    wait_for(lambda: not desk.busy())


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
    sender.find = lambda key, platform_id, lost=None: Delivery.CANNOT_TELL  # type: ignore[method-assign]
    ctx, desk = parts_of(app, assistant=assistant, senders={"wechat": sender})
    sender.fails = [Unknown("timeout")]
    hear(ctx, desk, message("你好"), 0.01)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    for _ in range(3):
        outbox(ctx)
        ctx.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    assert sender.sent == []


def test_a_part_that_was_certainly_not_sent_is_sent_again_by_a_platform_that_can_tell_nothing(app: Flask) -> None:
    sender = KeptSender()
    sender.find = lambda key, platform_id, lost=None: Delivery.CANNOT_TELL  # type: ignore[method-assign]
    ctx, _ = parts_of(app, senders={"wechat": sender})
    hear(ctx, app.extensions["channel_desk"], message("你好"), PATIENT)
    with ctx.store.write() as records:
        person = records.channel_users.find(messenger_mark(ctx, "wechat", WHO))
        assert person is not None
        send_later(records, person, said("字" * 1000))
    sender.fails = [NotSent("busy"), NotSent("busy")]
    for _ in range(3):
        outbox(ctx)
        ctx.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    assert "".join(sender.texts) == "字" * 1000 and len(sender.texts) == 2


def test_what_was_sent_before_the_tries_ended_is_not_said_again(app: Flask) -> None:
    sender = KeptSender()
    ctx, desk = parts_of(app, senders={"wechat": sender})
    hear(ctx, desk, message("你好"), PATIENT)
    with ctx.store.write() as records:
        person = records.channel_users.find(messenger_mark(ctx, "wechat", WHO))
        assert person is not None
        send_later(records, person, said("字" * 682 + "尾"))
    first, sender.send = sender.send, lambda to, part: first(to, part) if "尾" not in part.text else fail()  # type: ignore[method-assign]
    for _ in range(9):
        outbox(ctx)
        ctx.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    assert sender.texts == ["字" * 682]
    assert hear(ctx, desk, message("在吗", 2), PATIENT).texts[0] == "尾"


def test_the_id_of_a_part_that_was_sent_is_known_to_be_ours(app: Flask) -> None:
    sender = KeptSender()
    ctx, _ = parts_of(app, senders={"wechat": sender})
    send_once(ctx, sender, WHO, Outgoing("one", "在"), 1)
    assert known_ids(ctx, "wechat")("one")
    assert not known_ids(ctx, "wechat")("two") and not known_ids(ctx, "sms")("one")


def fail() -> str:
    raise NotSent("busy")


class Killed(BaseException):
    """The worker ends here."""


def die(_to: str, _part: Outgoing) -> str:
    raise Killed


def test_a_part_that_was_sent_before_the_worker_died_is_not_sent_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = KeptSender()
    ctx, _ = parts_of(app, senders={"wechat": sender})
    for attempt in range(1, 4):
        send_once(ctx, sender, WHO, Outgoing("one", "在"), attempt)
    assert sender.texts == ["在"]
    sender.find = lambda key, platform_id, lost=None: Delivery.CANNOT_TELL  # type: ignore[method-assign]
    monkeypatch.setattr(sender, "send", die)
    with pytest.raises(Killed):
        send_once(ctx, sender, WHO, Outgoing("two", "在"), 1)
    send_once(ctx, sender, WHO, Outgoing("two", "在"), 2)  # the platform may have it: not sent again
    assert sender.texts == ["在"]


def test_messages_that_died_keep_nobody_from_being_heard_also_without_a_worker(app: Flask) -> None:
    ctx, desk = parts_of(app)
    for number in range(CHANNEL_WAITING_MOST):
        hearing._take_in(ctx, message("你好", number), 0)
    assert hear(ctx, desk, message("在吗", "next"), 0.0).texts == (word("too_fast", "zh"),)
    ctx.clock.advance(timedelta(minutes=2))  # type: ignore[attr-defined]
    assert hear(ctx, desk, message("在吗", "again"), PATIENT).texts == ("您好。",)


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
    assert sorted(sender.texts) == sorted(["听到：你好"] * 4 + [word("lost", "zh")] * 3)


def test_what_takes_long_is_not_called_lost_while_it_is_worked_on_nor_what_waits_behind_it(app: Flask) -> None:
    assistant, sender = SlowAssistant(), KeptSender()
    ctx, _ = parts_of(app, assistant=assistant, senders={"wechat": sender})
    desk = Desk(ChatSessions(), Repeats(), renewed_every_s=0.01)
    for number in (1, 2):
        hear(ctx, desk, message(f"第{number}句", number), 0.0)
    for _ in range(6):  # longer than four pictures
        ctx.clock.advance(timedelta(seconds=6))  # type: ignore[attr-defined]
        wait_for(lambda: leases(ctx, 1, 2) >= ctx.clock.now() + timedelta(seconds=8))
        assert not mend(ctx) and outbox(ctx) == 0
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    while outbox(ctx):
        pass
    assert sender.texts == ["听到：第1句", "听到：第2句"]


def test_a_job_that_hangs_is_owned_up_to_after_a_while(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "_RENEWED_FOR", timedelta(seconds=18))
    assistant, sender = SlowAssistant(), KeptSender()
    ctx, _ = parts_of(app, assistant=assistant, senders={"wechat": sender})
    desk = Desk(ChatSessions(), Repeats(), renewed_every_s=0.01)
    hear(ctx, desk, message("你好"), 0.0)
    for _ in range(3):
        ctx.clock.advance(timedelta(seconds=6))  # type: ignore[attr-defined]
        wait_for(lambda: leases(ctx, 1) >= ctx.clock.now() + timedelta(seconds=8))
    last = leases(ctx, 1)
    for _ in range(3):
        ctx.clock.advance(timedelta(seconds=6))  # type: ignore[attr-defined]
    mend(ctx)
    assert leases(ctx, 1) == last and outbox(ctx) == 1 and sender.texts == [word("lost", "zh")]
    assistant.go.set()
    wait_for(lambda: not desk.busy())


def leases(ctx: Context, *numbers: int) -> datetime:
    """Until when this process has messages of WHO; the earliest."""
    marks = [ctx.marks.mark("channel.message", f"wechat|{WHO}-{number}") for number in numbers]
    with ctx.store.read() as records:
        found = [records.channel_messages.find(one) for one in marks]
    return min(one.lease_until for one in found if one)


def test_what_took_longer_than_its_lease_is_owned_up_to_and_still_told(app: Flask) -> None:
    assistant, sender = SlowAssistant(), KeptSender()
    ctx, desk = parts_of(app, assistant=assistant, senders={"wechat": sender})
    hear(ctx, desk, message("就这样登记"), 0.01)
    assistant.reached.acquire()
    ctx.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    mend(ctx)
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    mend(ctx)
    assert outbox(ctx) == 2 and outbox(ctx) == 0
    assert sender.texts == [word("lost", "zh"), "听到：就这样登记"]
    assert hear(ctx, desk, message("就这样登记"), PATIENT) == LATER and len(assistant.received) == 1
