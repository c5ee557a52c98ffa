"""Sending goes on beside the worker's other jobs: a platform that hangs or fails holds up nobody else."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk_api.domain.messengers import Person
from kiosk_api.gateways.breaker import Breaker
from kiosk_api.notice_lanes import FAILURES, LATE_TOPICS, Lane, lanes
from kiosk_api.services.base.sending import NotSent, Outgoing, Refused
from kiosk_api.services.channels.answer import said, stored
from kiosk_api.services.channels.hear import LATE_TOPIC, send_later
from kiosk_api.services.notices.planning import plan
from kiosk_api.worker import Worker
from tests.notices.telling import Kept, Office
from tests.waiting import wait_for


class Hanging(Kept):
    """Takes a message and gives no answer until it is let go."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.reached, self.go = threading.Event(), threading.Event()

    def send(self, to: str, message: Outgoing) -> str:
        self.reached.set()
        self.go.wait()
        return super().send(to, message)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_platform_that_hangs_holds_up_no_other_way_and_no_deadline(office: Office) -> None:
    hanging = Hanging("wechat")
    office.ctx = replace(office.ctx, senders={"sms": office.sms, "wechat": hanging})
    office.app.extensions["kiosk"] = office.ctx
    slow, stop = office.file()["case_number"], threading.Event()
    office.bind(slow)
    try:
        with lanes(office.ctx, stop):
            wait_for(hanging.reached.is_set)
            quick = office.file()["case_number"]
            wait_for(lambda: office.states(quick) == {"registered": "told"})
            office.later(days=16)
            Worker(office.ctx, {"case_registered": lambda *_: None}).round()
            with office.ctx.store.read() as records:
                assert records.clocks.warned(office.case_id(slow)) == {("route", 1, "overdue")}
        assert office.states(slow)["registered"] == "underway", "the lane that hangs ends with the process"
    finally:
        hanging.go.set()
    wait_for(lambda: office.states(slow)["registered"] == "told")


def test_a_platform_that_fails_is_left_alone_for_a_while(office: Office) -> None:
    for _ in range(FAILURES + 3):
        office.file()
    plan(office.ctx)
    time = [0.0]
    lane = Lane(office.ctx, office.sms, Breaker(FAILURES, 30.0, lambda: time[0]))
    office.sms.fails = [NotSent("no_connection")] * FAILURES
    for _ in range(FAILURES + 3):
        assert not lane.round()
    assert len(office.sms.sent) == FAILURES
    time[0] = 31.0
    while lane.round():
        pass
    assert len(office.sms.sent) == FAILURES + 3, "the others; those that failed have pauses of their own"


def test_a_message_that_is_refused_is_no_failure_of_the_platform(office: Office) -> None:
    for _ in range(FAILURES + 3):
        office.file()
    plan(office.ctx)
    office.sms.fails = [Refused("no_such_number")] * (FAILURES + 3)
    lane = Lane(office.ctx, office.sms, Breaker(FAILURES, 30.0, lambda: 0.0))
    lane.round()
    assert len(office.sms.sent) == FAILURES + 3


def test_a_late_answer_that_hangs_holds_up_no_round_of_the_worker(office: Office) -> None:
    hanging, stop = Hanging("whatsapp"), threading.Event()
    office.ctx = replace(office.ctx, senders={"sms": office.sms, "whatsapp": hanging})
    with office.ctx.store.write() as records:
        send_later(records, Person("m", "whatsapp", "+85212345678"), said("听到"))
    worker = Worker(office.ctx, {"case_registered": lambda *_: None})
    try:
        with lanes(office.ctx, stop):
            wait_for(hanging.reached.is_set)
            quick = office.file()["case_number"]
            worker.round()
            wait_for(lambda: office.states(quick) == {"registered": "told"})
    finally:
        hanging.go.set()
    wait_for(lambda: len(hanging.sent) == 1)


def test_a_late_answer_that_hangs_holds_up_no_other_messengers(office: Office) -> None:
    hanging, quick, stop = Hanging("sms"), Kept("wechat"), threading.Event()
    office.ctx = replace(office.ctx, senders={"sms": hanging, "wechat": quick})
    with office.ctx.store.write() as records:
        send_later(records, Person("m", "sms", "+85212345678"), said("听到"))
    try:
        with lanes(office.ctx, stop):
            wait_for(hanging.reached.is_set)
            with office.ctx.store.write() as records:
                for text in ("一", "二", "三"):
                    send_later(records, Person("w", "wechat", "oInvented-0001"), said(text))
            wait_for(lambda: len(quick.sent) == 3)
            assert not hanging.sent
    finally:
        hanging.go.set()
    wait_for(lambda: len(hanging.sent) == 1)


def test_a_late_answer_of_a_channel_that_is_gone_or_of_an_older_version_is_taken_up_too(office: Office) -> None:
    office.ctx = replace(office.ctx, senders={"wechat": (wechat := Kept("wechat"))})
    content = {"channel": "wechat", "to": "oInvented-0001", "user": "w", "answer": stored(said("听到"))}
    with office.ctx.store.write() as records:
        records.send(LATE_TOPIC, None, content)
        for channel in ("sms", "whatsapp", "console"):
            send_later(records, Person("m", channel, "+85212345678"), said("听到"))

    def waits() -> bool:
        with office.ctx.store.read() as records:
            return any(records.has_messages(office.ctx.clock.now(), topic) for topic in LATE_TOPICS)

    Worker(office.ctx, {}).round()  # has no handler for these and must leave them
    assert waits()
    with lanes(office.ctx, threading.Event()):
        wait_for(lambda: not waits())
        wait_for(lambda: len(wechat.sent) == 1)
