"""A message is heard once and answered once, in time or later, whatever is repeated, slow, gone or too much."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.messenger_words import word
from kiosk_api.domain.messengers import Heard, Person
from kiosk_api.domain.policy import CHANNEL_ANSWER_KEPT, CHANNEL_MESSAGE_KEPT, CHANNEL_USER_KEPT, CHANNEL_WAITING_MOST
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.base.context import Context
from kiosk_api.services.cases.background import deliver
from kiosk_api.services.channels.answer import NOTHING
from kiosk_api.services.channels.desk import Desk
from kiosk_api.services.channels.hear import LATE_TOPIC, hear
from kiosk_api.services.channels.incoming import Kind
from kiosk_api.services.channels.late import send_answer
from kiosk_api.services.chat.dangers import open_dangers
from kiosk_api.services.chat.repeats import Repeats
from kiosk_api.services.chat.sessions import ChatSessions
from tests.channels.messengers import WHO, SlowAssistant, message, parts_of
from tests.factories import fresh_app
from tests.waiting import wait_for

PATIENT = 120.0  # seconds: as long as a test may take on a busy machine
HANDLERS = {LATE_TOPIC: send_answer}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return fresh_app(tmp_path)


def outbox(ctx: Any) -> int:
    return deliver(ctx, HANDLERS)


def test_a_message_is_answered_and_its_repetition_gets_the_same_answer(app: Flask) -> None:
    ctx, desk = parts_of(app)
    first = hear(ctx, desk, message("你好"), PATIENT)
    ctx.assistant.messages = [{"custom": {"text": "别的话"}}]
    assert first.texts == ("您好。",) == hear(ctx, desk, message("你好"), PATIENT).texts
    assert [text for _, text in ctx.assistant.received] == ["你好"]
    assert hear(ctx, desk, message("你好", 2), PATIENT).texts == ("别的话",)


def test_another_person_with_the_same_message_id_is_another_message(app: Flask) -> None:
    ctx, desk = parts_of(app)
    hear(ctx, desk, message("你好"), PATIENT)
    hear(ctx, desk, message("你好", user="oInvented-0002"), PATIENT)
    assert len({session for session, _ in ctx.assistant.received}) == 2


def test_one_message_many_times_at_once_has_one_effect_and_one_answer(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant)
    other = Desk(ChatSessions(), Repeats())  # as in another process: it shares the store only
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(hear, ctx, (desk, other)[n % 2], message("你好"), PATIENT) for n in range(64)]
        assert assistant.reached.acquire(timeout=PATIENT)
        assistant.go.set()
        found = {one.result() for one in asked}
    assert [one.texts for one in found] == [("听到：你好",)] and assistant.received == ["你好"]
    assert outbox(ctx) == 0


def test_messages_of_one_person_are_heard_in_order_one_at_a_time(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant)
    for number in range(4):
        hear(ctx, desk, message(f"第{number}句", number), 0.01)
    assert assistant.reached.acquire(timeout=PATIENT) and assistant.received == ["第0句"]
    hear(ctx, desk, message("别人", user="oInvented-0002"), 0.01)
    assert assistant.reached.acquire(timeout=PATIENT) and assistant.received == ["第0句", "别人"]
    assistant.go.set()
    wait_for(lambda: not desk.busy())
    assert [one for one in assistant.received if one != "别人"] == ["第0句", "第1句", "第2句", "第3句"]


def test_messages_that_another_process_got_wait_for_their_turn_too(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant)
    other = Desk(ChatSessions(), Repeats())
    hear(ctx, desk, message("先", 1), 0.01)
    assert assistant.reached.acquire(timeout=PATIENT)
    hear(ctx, other, message("后", 2), 0.5)
    assert assistant.received == ["先"]
    assistant.go.set()
    wait_for(lambda: not desk.busy() and not other.busy())
    assert assistant.received == ["先", "后"]


def test_a_flood_gets_one_sentence_and_takes_nothing_from_others(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant)
    told = [hear(ctx, desk, message(f"{n}", n), 0.0) for n in range(CHANNEL_WAITING_MOST + 10)]
    over = told[CHANNEL_WAITING_MOST:]
    assert over[0].texts == (word("too_fast", "zh"),) and all(one == NOTHING for one in over[1:])
    assistant.go.set()
    assert hear(ctx, desk, message("你好", user="oInvented-0002"), PATIENT).texts == ("听到：你好",)
    wait_for(lambda: not desk.busy())
    assert len(assistant.received) == CHANNEL_WAITING_MOST + 1
    assert hear(ctx, desk, message("再来", "again"), PATIENT).texts[-1] == "听到：再来"


def test_the_same_flood_day_after_day_is_bounded_by_a_budget(app: Flask) -> None:
    ctx, desk = parts_of(app)
    told = [hear(ctx, desk, message("嗯", n), PATIENT) for n in range(125)]
    assert told.count(NOTHING) == 4 and told[120].texts == (word("too_fast", "zh"),)


def test_with_too_many_people_the_rest_is_told_so(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, _ = parts_of(app, assistant=assistant)
    desk = Desk(ChatSessions(), Repeats(), threads=1, most=2)
    told = [hear(ctx, desk, message("你好", user=f"oInvented-{n}"), 0.0) for n in range(3)]
    assert told[2].texts == (word("full", "zh"),)
    assistant.go.set()
    wait_for(lambda: not desk.busy())


def test_a_turn_that_fails_is_answered_all_the_same(app: Flask) -> None:
    class Broken(SlowAssistant):
        def say(self, session_id: str, text: str) -> list[dict[str, Any]]:
            raise RuntimeError(text)

    ctx, desk = parts_of(app, assistant=Broken())
    assert hear(ctx, desk, message("你好"), PATIENT).texts == (word("broken", "zh"),)


def test_danger_is_answered_at_once_also_while_the_assistant_is_slow_or_away(app: Flask) -> None:
    assistant = SlowAssistant()
    ctx, desk = parts_of(app, assistant=assistant)
    slow = hear(ctx, desk, message("有人拿刀砍人，救命"), 0.01)
    assert slow.is_late and "110" in slow.texts[0]
    assistant.go.set()
    wait_for(lambda: not desk.busy())


def test_danger_told_at_home_gives_its_answer_and_no_signal_in_the_hall(app: Flask) -> None:
    ctx, desk = parts_of(app)
    ctx.assistant.messages = [{"custom": {"text": "现在有危险，请马上打110。", "danger": "crime"}}]
    assert hear(ctx, desk, message("有人拿刀砍人"), PATIENT).texts == ("现在有危险，请马上打110。",)
    assert open_dangers(ctx) == []


def test_messages_without_an_id_are_each_heard(app: Flask) -> None:
    ctx, desk = parts_of(app)
    for _ in range(2):
        hear(ctx, desk, replace(message("你好"), message_id=""), PATIENT)
    assert len(ctx.assistant.received) == 2


def test_danger_is_answered_while_the_assistant_is_away(app: Flask) -> None:
    ctx, desk = parts_of(app)
    ctx.assistant.messages = None
    said = hear(ctx, desk, message("有人拿刀砍人，救命"), PATIENT).texts
    assert "110" in said[0] and "小助手现在没法回话" in said[1]


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        (Kind.OTHER, "", "only_text"), (Kind.TEXT, "  \u200b ", "empty"), (Kind.VOICE, "", "type_it"),
        (Kind.JOINED, "", "welcome"),
    ],
)  # fmt: skip
def test_what_the_assistant_cannot_read_gets_a_kind_word(app: Flask, kind: Kind, text: str, key: str) -> None:
    ctx, desk = parts_of(app)
    assert hear(ctx, desk, message(text, kind=kind), PATIENT).texts == (word(key, "zh"),)
    assert ctx.assistant.received == []


def test_groups_and_those_who_leave_get_no_answer(app: Flask) -> None:
    ctx, desk = parts_of(app)
    assert hear(ctx, desk, message("你好", in_group=True), PATIENT) == NOTHING
    assert hear(ctx, desk, message("", kind=Kind.LEFT), PATIENT) == NOTHING
    assert ctx.assistant.received == []


def test_too_long_a_message_is_refused_with_the_reason(app: Flask) -> None:
    ctx, desk = parts_of(app)
    (said,) = hear(ctx, desk, message("字" * 20_001), PATIENT).texts
    assert "20000" in said and ctx.assistant.received == []


def purged(ctx: Context, later: timedelta) -> tuple[Heard | None, Person | None]:
    """What is known of the first message and its person after so long."""
    ctx.clock.advance(later + timedelta(seconds=1))  # type: ignore[attr-defined]
    with ctx.store.write() as records:
        records.purge(ctx.clock.now())
    with ctx.store.read() as records:
        heard = records.channel_messages.find(ctx.marks.mark("channel.message", f"wechat|{WHO}-1"))
        return heard, records.channel_users.find(messenger_mark(ctx, "wechat", WHO))


def test_answers_people_and_messages_are_forgotten_in_time(app: Flask) -> None:
    ctx, desk = parts_of(app)
    hear(ctx, desk, message("你好"), PATIENT)
    heard, person = purged(ctx, CHANNEL_ANSWER_KEPT)
    assert heard and not heard.answer and person
    assert hear(ctx, desk, message("你好"), PATIENT) == NOTHING  # a copy of an old call is not heard anew
    assert len(ctx.assistant.received) == 1  # type: ignore[attr-defined]
    heard, person = purged(ctx, CHANNEL_USER_KEPT)
    assert heard and not person
    assert purged(ctx, CHANNEL_MESSAGE_KEPT) == (None, None)


def test_jobs_of_a_desk_all_run_on_few_threads() -> None:
    desk, ran = Desk(ChatSessions(), Repeats(), threads=2), []
    lock = threading.Lock()

    def job(number: int) -> None:
        with lock:
            ran.append(number)

    for number in range(50):
        desk.add(f"p{number % 7}", str(number), lambda n=number: job(n))
    wait_for(lambda: not desk.busy())
    assert sorted(ran) == list(range(50))
    for person in range(7):
        assert [n for n in ran if n % 7 == person] == list(range(person, 50, 7))
