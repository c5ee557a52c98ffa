"""A notice over the account at WeChat: as the approved form, and what the platform reports of it afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.domain.notice_attempts import State
from kiosk_api.domain.notice_records import AttemptRow, NoticeRow
from kiosk_api.services.base.case_marks import messenger_mark
from kiosk_api.services.notices.delivery import deliver_one
from kiosk_api.services.notices.planning import plan
from tests.channels.fake_wechat import FakeWechat, environment, to_client
from tests.channels.wechat_calls import PERSON, serving
from tests.factories import START, fresh_app, register

FORM = {"id": "T-news", "fields": {"number": "character_string1", "what": "thing2", "at": "time3"}}


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


@pytest.fixture
def app(tmp_path: Path, platform: FakeWechat) -> Flask:
    forms = json.dumps({"registered": FORM})
    more = {"KIOSK_PUBLIC_URL": "https://xinfang.example", "WECHAT_TEMPLATES": forms}
    made = fresh_app(tmp_path, **environment(platform.url, **more))
    platform.now = made.extensions["kiosk"].clock.now
    return made


def told(app: Flask) -> tuple[NoticeRow, list[AttemptRow]]:
    """The notice that a case of PERSON is registered, after it was sent."""
    number, ctx = str(register(app)["case_number"]), app.extensions["kiosk"]
    with ctx.store.write() as records:
        case_id = records.cases.marks_by_number(number).id
        mark = messenger_mark(ctx, "wechat", PERSON)
        records.case_links.add(case_id, mark, "wechat", PERSON, "zh", "token", START)
    assert plan(ctx) == 1
    deliver_one(ctx, "wechat", ctx.senders["wechat"])
    return stands(app)


def stands(app: Flask) -> tuple[NoticeRow, list[AttemptRow]]:
    with app.extensions["kiosk"].store.read() as records:
        [case_id] = records.cases.ids("", 2)
        [found] = records.petitioner_notices.of_case(case_id, 5)
    return found


@pytest.mark.parametrize(
    ("status", "state", "notice"),
    [("success", State.DELIVERED, "told"), ("failed:user block", State.FAILED, "waiting")],
)
def test_a_form_is_sent_and_its_report_is_kept(
    app: Flask, platform: FakeWechat, status: str, state: State, notice: str
) -> None:
    row, [attempt] = told(app)
    assert (row.state, attempt.attempt.state) == ("told", State.SENT)
    [sent] = platform.templated
    assert sent["touser"] == PERSON
    values = {name: one["value"] for name, one in sent["data"].items()}
    assert values["thing2"] == "您反映的事已经登记"
    assert values["time3"] == "2026-03-02 10:00"
    assert len(values["character_string1"]) == 4
    post = to_client(app.test_client())
    answered = platform.event(post, "TEMPLATESENDJOBFINISH", MsgID=attempt.platform_id, Status=status)
    assert answered.status == 200
    row, [attempt] = stands(app)
    assert (attempt.attempt.state, row.state) == (state, notice)


def test_a_report_of_a_message_that_is_not_ours_changes_nothing(app: Flask, platform: FakeWechat) -> None:
    before = told(app)
    post = to_client(app.test_client())
    assert platform.event(post, "TEMPLATESENDJOBFINISH", MsgID="999", Status="failed:user block").status == 200
    assert platform.event(post, "TEMPLATESENDJOBFINISH", Status="success").status == 200
    assert stands(app) == before
