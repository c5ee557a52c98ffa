"""Who writes by text message may answer the question for the phone with “this one”."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_api.domain.messenger_words import word
from tests.channels.twilio_app import texts, with_twilio
from tests.channels.wechat_app import heard, says

HINT = word("this_number", "zh")


@pytest.mark.parametrize("said", ["这个号", "就是这个号", "就用这个号码吧", "那就这个吧。", "现在这个号码"])
def test_this_one_is_the_number_that_the_message_came_from(tmp_path: Path, said: str) -> None:
    with with_twilio(tmp_path) as (app, twilio):
        says(app, "您的联系电话是多少？", expects="phone")
        assert HINT in "".join(texts(twilio.text("王小明")))
        twilio.text(said)
        assert heard(app)[-1] == "13812345678"


@pytest.mark.parametrize("said", ["这个号是我儿子的", "没有", "13900001111"])
def test_anything_else_is_heard_as_it_was_said(tmp_path: Path, said: str) -> None:
    with with_twilio(tmp_path) as (app, twilio):
        says(app, "您的联系电话是多少？", expects="phone")
        twilio.text("王小明")
        twilio.text(said)
        assert heard(app)[-1] == said


def test_at_another_question_it_is_no_number(tmp_path: Path) -> None:
    with with_twilio(tmp_path) as (app, twilio):
        says(app, "您现在住在哪里？", expects="address")
        assert HINT not in "".join(texts(twilio.text("王小明")))
        twilio.text("这个号")
        assert heard(app)[-1] == "这个号"
