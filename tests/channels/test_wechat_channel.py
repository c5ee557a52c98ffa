"""WeChat from the platform's request to its answer: modes, repetition, long answers and late ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.domain.messenger_words import word
from kiosk_api.services.base.ports import OutcomeUnknown, StoreBusy
from kiosk_api.services.base.sending import Outgoing, Refused
from tests.channels.fake_wechat import AES_KEY, AWAY, FakeWechat, over_http, to_client
from tests.channels.messengers import SlowAssistant, parts_of
from tests.channels.wechat_app import account, heard, says, shown, work
from tests.channels.wechat_calls import PERSON, serving
from tests.factories import START
from tests.serving import served
from tests.waiting import wait_for

MODES = ("plain", "compatible", "safe")
OPTIONS = [{"label": "我要反映问题", "value": "我要反映问题"}, {"label": "查进度", "value": "查进度"}]


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


@pytest.fixture
def app(tmp_path: Path, platform: FakeWechat) -> Flask:
    return account(tmp_path, platform)


@pytest.mark.parametrize("mode", MODES)
def test_a_message_is_answered_in_the_mode_it_came_in(tmp_path: Path, platform: FakeWechat, mode: str) -> None:
    app = account(tmp_path, platform, WECHAT_MODE=mode)
    says(app, "您好。请说说发生了什么。", OPTIONS)
    platform.mode = mode
    answered = platform.text(to_client(app.test_client()), "修路占了我家的地")
    assert answered.words is not None and answered.words.startswith("您好。请说说发生了什么。")
    assert "1 我要反映问题" in answered.words and heard(app) == ["修路占了我家的地"]
    platform.text(to_client(app.test_client()), "2")
    assert heard(app)[-1] == "查进度"


def test_without_a_key_only_plain_messages_are_heard_and_with_one_only_encrypted(
    tmp_path: Path, platform: FakeWechat
) -> None:
    token_only = {"WECHAT_AES_KEY": "", "WECHAT_APP_ID": "", "WECHAT_APP_SECRET": ""}
    for env, mode, other in ((token_only, "plain", "safe"), ({}, "safe", "plain")):
        post = to_client(account(tmp_path / mode, platform, **env).test_client())
        assert platform.text(post, "在吗", mode=mode).words == "您好。"
        assert platform.text(post, "在吗", mode=other).status == 403


def test_the_address_answers_the_platforms_check(app: Flask, platform: FakeWechat) -> None:
    answer = app.test_client().get(platform.greeting())
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "4375120948345356249", "text/plain")
    assert app.test_client().get(platform.greeting().replace("nonce=1", "nonce=2")).status_code == 403


def test_a_message_of_another_mode_or_key_or_time_is_refused(app: Flask, platform: FakeWechat) -> None:
    post = to_client(app.test_client())
    assert platform.text(post, "在吗", mode="plain").status == 403
    platform.aes_key = platform.aes_key[::-1]
    assert platform.text(post, "在吗").status == 403
    platform.aes_key = platform.aes_key[::-1]
    address, body = platform.request(platform.message("text", Content="在吗"))
    app.extensions["kiosk"].clock.advance(timedelta(minutes=6))
    assert post(address, body)[0] == 403
    assert heard(app) == []


def test_while_the_key_is_changed_both_are_understood(tmp_path: Path, platform: FakeWechat) -> None:
    new = AES_KEY[::-1]
    app = account(tmp_path, platform, WECHAT_AES_KEY=new, WECHAT_AES_KEY_PREVIOUS=AES_KEY)
    for key in (AES_KEY, new):
        platform.aes_key = key
        assert platform.text(to_client(app.test_client()), "在吗").words == "您好。"


def test_a_message_sent_again_by_the_platform_is_heard_once_and_answered_alike(
    app: Flask, platform: FakeWechat
) -> None:
    post, message = to_client(app.test_client()), platform.message("text", Content="路灯坏了")
    first = platform.push(post, message)
    says(app, "别的回答")
    assert platform.push(post, message).words == first.words == "您好。"
    assert heard(app) == ["路灯坏了"]
    assert platform.push(post, {**message, "MsgId": 1}).words == "别的回答"


def test_an_event_sent_again_is_one_event(app: Flask, platform: FakeWechat) -> None:
    post, event = to_client(app.test_client()), platform.message("event", Event="CLICK", EventKey="查进度")
    platform.push(post, event)
    platform.push(post, event)
    assert heard(app) == ["查进度"]


def test_a_long_answer_is_split_at_2048_bytes_and_the_rest_follows_once(app: Flask, platform: FakeWechat) -> None:
    lines = [f"第{number}条：" + "字" * 60 for number in range(30)]
    says(app, "\n".join(lines), OPTIONS)
    post, message = to_client(app.test_client()), platform.message("text", Content="看全文")
    first = platform.push(post, message).words
    assert platform.push(post, message).words == first
    assert work(app) == 1 and work(app) == 0
    said = [first, *(shown(one) for one in platform.said)]
    assert all(one is not None and len(one.encode()) <= 2048 for one in said) and 2 < len(said) <= 5
    assert "\n".join(said).startswith("\n".join(lines)) and said[-1].endswith("2 查进度")  # type: ignore[arg-type, union-attr]


def test_where_nothing_can_be_sent_all_choices_stand_in_the_reply(tmp_path: Path, platform: FakeWechat) -> None:
    app = account(tmp_path, platform, WECHAT_APP_SECRET="")
    says(app, "字" * 3000, OPTIONS)
    answered = platform.text(to_client(app.test_client()), "看全文")
    assert answered.words is not None and "太长" in answered.words
    assert "1 我要反映问题\n2 查进度" in answered.words
    assert work(app) == 0


def test_a_rest_that_cannot_be_kept_leaves_all_choices_in_the_reply(
    app: Flask, platform: FakeWechat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object) -> None:
        raise StoreBusy("locked")

    monkeypatch.setattr("kiosk_api.web.channels.wechat.send_rest", busy)
    says(app, "字" * 3000, OPTIONS)
    words = platform.text(to_client(app.test_client()), "看全文").words
    assert words is not None and words.endswith("1 我要反映问题\n2 查进度")


def test_a_slow_answer_is_success_now_and_a_message_later(app: Flask, platform: FakeWechat) -> None:
    slow = SlowAssistant()
    ctx, desk = parts_of(app, assistant=slow)
    post, message = to_client(app.test_client()), platform.message("text", Content="说来话长")
    answered = platform.push(post, message)
    assert (answered.words, answered.body, answered.tries) == (None, "success", 1)
    slow.go.set()
    wait_for(lambda: not desk.busy())
    assert platform.push(post, message).words is None  # the sender brings it, so the repetition does not
    assert work(app) == 1
    assert [one["text"]["content"] for one in platform.said] == ["听到：说来话长"]
    assert work(app) == 0 and ctx.assistant is slow


def test_late_choices_can_be_tapped_and_an_old_menu_chooses_nothing_from_a_newer_question(
    app: Flask, platform: FakeWechat
) -> None:
    lines = [f"第{number}条：" + "字" * 60 for number in range(12)]
    says(app, "\n".join(lines), OPTIONS)
    post = to_client(app.test_client())
    platform.text(post, "看全文")
    work(app)
    menu = platform.said[-1]["msgmenu"]
    assert menu["list"][1] == {"id": "2", "content": "2 查进度"} and menu["head_content"].endswith("字")
    platform.push(post, platform.message("text", Content="2 查进度", bizmsgmenuid=2))
    assert heard(app)[-1] == "查进度"
    says(app, "哪一年？", [{"label": "去年", "value": "去年"}, {"label": "今年", "value": "今年"}])
    platform.text(post, "换个问题")
    platform.push(post, platform.message("text", Content="1 我要反映问题", bizmsgmenuid=1))
    assert heard(app)[-1] == "我要反映问题"


def test_a_store_that_is_busy_does_not_make_a_sent_message_look_unsent(
    app: Flask, platform: FakeWechat, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.text(to_client(app.test_client()), "在吗")

    def busy(*_given: object) -> None:
        raise StoreBusy("locked")

    sender = app.extensions["kiosk"].senders["wechat"]
    sender.send(PERSON, Outgoing("k1", "在"))  # a token is there
    monkeypatch.setattr(type(app.extensions["kiosk"].store), "write", busy)
    assert sender.send(PERSON, Outgoing("k2", "在")) == "" and len(platform.said) == 2


def test_five_messages_are_counted_from_the_last_one_heard(app: Flask, platform: FakeWechat) -> None:
    sender, post = app.extensions["kiosk"].senders["wechat"], to_client(app.test_client())
    platform.text(post, "在吗")
    for number in range(5):
        sender.send(PERSON, Outgoing(f"k{number}", "在"))
    before = len(platform.calls)
    with pytest.raises(Refused, match="too_many"):
        sender.send(PERSON, Outgoing("k5", "在"))
    assert len(platform.calls) == before
    platform.text(post, "还在吗")
    sender.send(PERSON, Outgoing("k6", "在"))
    app.extensions["kiosk"].clock.advance(timedelta(hours=48, seconds=1))
    with pytest.raises(Refused, match="too_late"):
        sender.send(PERSON, Outgoing("k7", "在"))


def test_a_real_server_answers_the_platform_over_http(app: Flask, platform: FakeWechat) -> None:
    with served(app) as url:
        assert platform.text(over_http(url), "路灯坏了").words == "您好。"


def test_who_does_not_wait_for_us_is_not_answered_twice(app: Flask, platform: FakeWechat) -> None:
    """The platform hangs up and brings the message again, three times in all."""
    slow = SlowAssistant()
    parts_of(app, assistant=slow)
    with served(app) as url:
        answered = platform.text(over_http(url, patience_s=0.3), "说来话长")
        assert answered.tries == 3 and answered.words == AWAY and slow.received == ["说来话长"]
        slow.go.set()


@pytest.mark.parametrize(("fault", "key"), [(StoreBusy("locked"), "full"), (OutcomeUnknown("commit"), "lost")])
def test_a_store_that_is_busy_or_gave_no_answer_is_an_honest_sentence(
    app: Flask, platform: FakeWechat, monkeypatch: pytest.MonkeyPatch, fault: StoreBusy, key: str
) -> None:
    def failing(*_given: object) -> None:
        raise fault

    monkeypatch.setattr("kiosk_api.web.channels.wechat.hear", failing)
    assert platform.text(to_client(app.test_client()), "在吗").words == word(key, "zh")


def test_a_report_that_cannot_be_kept_is_asked_for_again(
    app: Flask, platform: FakeWechat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object, **_more: object) -> None:
        raise StoreBusy("locked")

    monkeypatch.setattr("kiosk_api.web.channels.wechat.note_report", busy)
    report = {"MsgID": 200163836, "Status": "failed:system failed"}
    assert platform.event(to_client(app.test_client()), "TEMPLATESENDJOBFINISH", **report).status == 503
