"""A notice over Twilio, to the end: sent once, whatever is lost, and told as delivered in whatever order it is reported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.domain.notice_attempts import State
from kiosk_api.services.base.context import Context
from kiosk_api.services.notices.delivery import deliver_one
from kiosk_api.services.notices.planning import plan
from tests.channels.fake_twilio import FakeTwilio
from tests.channels.twilio_app import HOME, with_twilio
from tests.factories import petition

ORDERS = sorted(set(permutations(["queued", "sent", "delivered", "delivered", "sent"])))


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Flask, FakeTwilio]]:
    with with_twilio(tmp_path) as running:
        yield running


def filed(app: Flask, key: str = "over-twilio-0001") -> str:
    headers = {"Idempotency-Key": key}
    answer = app.test_client().post("/api/v1/petitions", json=petition(), headers=headers)
    assert answer.status_code == 201
    return str(answer.get_json()["case_number"])


def tell(app: Flask) -> None:
    ctx: Context = app.extensions["kiosk"]
    while plan(ctx) or deliver_one(ctx, "sms", ctx.senders["sms"]) is not None:
        pass


def attempts(app: Flask, number: str) -> list[Any]:
    ctx: Context = app.extensions["kiosk"]
    with ctx.store.read() as records:
        case = records.cases.marks_by_number(number)
        assert case is not None
        return [one for _, tried in records.petitioner_notices.of_case(case.id, 50) for one in tried]


def test_reports_in_every_order_end_as_delivered_and_the_message_goes_once(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    for place, order in enumerate(ORDERS):
        number = filed(app, f"over-twilio-{place:04}")
        tell(app)
        message = twilio.messages[-1]
        assert HOME in message["body"] and number not in message["body"]
        for status in order:
            assert twilio.report(message, status).status_code == 204
        tell(app)
        assert [one.attempt.state for one in attempts(app, number)] == [State.DELIVERED], order
    assert len(twilio.messages) == len(ORDERS)


@pytest.mark.parametrize("lost", ["taken, no answer", "taken, 500", "taken, nonsense"])
def test_a_message_whose_answer_was_lost_is_known_by_its_callback(both: tuple[Flask, FakeTwilio], lost: str) -> None:
    app, twilio = both
    twilio.next_answers.append(lost)
    number = filed(app)
    tell(app)
    assert [one.attempt.state for one in attempts(app, number)] == [State.UNKNOWN]
    twilio.report(twilio.messages[0], "sent")
    assert [one.attempt.state for one in attempts(app, number)] == [State.SENT]
    twilio.report(twilio.messages[0], "delivered")
    assert [one.attempt.state for one in attempts(app, number)] == [State.DELIVERED]
    for _ in range(5):
        app.extensions["kiosk"].clock.advance(timedelta(hours=1))
        tell(app)
    assert len(twilio.messages) == 1


@pytest.mark.parametrize(("lost", "sent"), [("taken, no answer", 1), ("lost on the way", 1)])
def test_without_a_callback_it_is_looked_for_and_sent_again_only_if_twilio_never_had_it(
    both: tuple[Flask, FakeTwilio], lost: str, sent: int
) -> None:
    app, twilio = both
    twilio.next_answers.append(lost)
    number = filed(app)
    for _ in range(6):
        tell(app)
        app.extensions["kiosk"].clock.advance(timedelta(minutes=20))
    assert [one.attempt.state for one in attempts(app, number)] == [State.SENT]
    assert len(twilio.messages) == sent


def test_a_lost_notice_is_not_taken_for_the_one_that_went_just_before(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    before = filed(app)
    tell(app)
    app.extensions["kiosk"].clock.advance(timedelta(seconds=4))
    twilio.next_answers.append("lost on the way")
    number = filed(app, "over-twilio-0002")
    tails = [one.replace("-", "")[-4:] for one in (before, number)]
    twilio.messages[0]["body"] = twilio.messages[0]["body"].replace(*tails)  # as two notices of one case have it
    for _ in range(6):
        tell(app)
        app.extensions["kiosk"].clock.advance(timedelta(minutes=20))
    assert [one.attempt.state for one in attempts(app, number)] == [State.SENT]
    first, second = [one["body"] for one in twilio.messages]
    assert first == second, "the same words: only the id tells them apart"


def test_a_busy_twilio_is_asked_again_and_a_number_that_does_not_exist_never(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    twilio.next_answers.extend([(429, 20429), (400, 21211)])
    number = filed(app)
    for _ in range(6):
        tell(app)
        app.extensions["kiosk"].clock.advance(timedelta(minutes=20))
    (attempt,) = attempts(app, number)
    assert (attempt.attempt.state, attempt.last_error) == (State.REFUSED, "no_such_number")
    assert twilio.messages == [] and len(twilio.asked) == 2


def test_the_log_says_how_each_try_ended_and_nothing_of_the_person(
    both: tuple[Flask, FakeTwilio], capsys: pytest.CaptureFixture[str]
) -> None:
    app, twilio = both
    twilio.next_answers.append((400, 21610))
    filed(app)
    tell(app)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"attempt"' in line]
    assert [(one["channel"], one["state"], one["error"]) for one in lines] == [("sms", "refused", "opted_out")]
    assert petition()["petitioner"]["phone"][-8:] not in str(lines)


def test_a_failure_that_is_reported_late_counts(both: tuple[Flask, FakeTwilio]) -> None:
    app, twilio = both
    number = filed(app)
    tell(app)
    twilio.report(twilio.messages[0], "undelivered", ErrorCode="30003")
    assert [one.attempt.state for one in attempts(app, number)] == [State.FAILED]
