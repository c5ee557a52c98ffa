"""WeChat from the platform's request to its answer: modes, kinds of message, repetition, long and late answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk_api.services.base.ports import StoreBusy
from kiosk_api.services.base.sending import Outgoing, Refused
from kiosk_api.services.channels.late import send_answer
from tests.channels.fake_wechat import AWAY, FakeWechat, environment, over_http, to_client
from tests.channels.messengers import SlowAssistant, parts_of
from tests.channels.wechat_calls import PERSON, serving
from tests.factories import START, fresh_app
from tests.serving import served
from tests.waiting import wait_for

HOME = "https://xinfang.example"
MODES = ("plain", "compatible", "safe")
OPTIONS = [{"label": "我要反映问题", "value": "我要反映问题"}, {"label": "查进度", "value": "查进度"}]


@pytest.fixture
def platform() -> Iterator[FakeWechat]:
    with serving(FakeWechat(lambda: START)) as running:
        yield running


def account(folder: Path, platform: FakeWechat, **env: str) -> Flask:
    """An application whose account is at this platform."""
    made = fresh_app(folder, KIOSK_PUBLIC_URL=HOME, **environment(platform.url, **env))
    platform.now = made.extensions["kiosk"].clock.now
    return made


@pytest.fixture
def app(tmp_path: Path, platform: FakeWechat) -> Flask:
    return account(tmp_path, platform)


def says(app: Flask, text: str, options: list[dict[str, str]] | None = None, **more: Any) -> None:
    """What the assistant answers from now on."""
    app.extensions["kiosk"].assistant.messages = [{"custom": {"text": text, "options": options or [], **more}}]


def heard(app: Flask) -> list[str]:
    return [text for _, text in app.extensions["kiosk"].assistant.received]


def work(app: Flask) -> int:
    """Deliver what waits for the worker; how many it were."""
    ctx = app.extensions["kiosk"]
    with ctx.store.write() as records:
        waiting = records.claim_messages(ctx.clock.now(), 60, 20)
    for one in waiting:
        send_answer(ctx, one)
        with ctx.store.write() as records:
            records.message_done(one.id, ctx.clock.now())
    return len(waiting)


def shown(message: dict[str, Any]) -> str:
    """What a phone shows of a customer-service message."""
    if message["msgtype"] == "text":
        return str(message["text"]["content"])
    menu = message["msgmenu"]
    return "\n".join([menu["head_content"], *(one["content"] for one in menu["list"])])


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


KINDS: list[tuple[str, dict[str, Any], str]] = [
    ("text", {"Content": "  路灯坏了 "}, "路灯坏了"),
    ("voice", {"MediaId": "m", "Format": "amr", "Recognition": "路灯坏了"}, "路灯坏了"),
    ("event", {"Event": "CLICK", "EventKey": "找人工"}, "找人工"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "asked"), KINDS)
def test_what_holds_words_is_asked(
    app: Flask, platform: FakeWechat, kind: str, fields: dict[str, Any], asked: str
) -> None:
    assert platform.push(to_client(app.test_client()), platform.message(kind, **fields)).words == "您好。"
    assert heard(app) == [asked]


ANSWERED_BY_US: list[tuple[str, dict[str, Any], str]] = [
    ("voice", {"MediaId": "m", "Format": "amr"}, "打字"),
    ("voice", {"MediaId": "m", "Recognition": ""}, "打字"),
    ("text", {"Content": "  \n "}, "没有看到内容"),
    ("video", {"MediaId": "m", "ThumbMediaId": "t"}, "看不了"),
    ("shortvideo", {"MediaId": "m"}, "看不了"),
    ("link", {"Title": "文章", "Description": "", "Url": "https://other.example/"}, "看不了"),
    ("file", {"Title": "a.doc"}, "看不了"),
    ("sticker_of_next_year", {}, "看不了"),
    ("event", {"Event": "subscribe", "EventKey": ""}, "信访接待"),
    ("event", {"Event": "subscribe", "EventKey": "qrscene_poster7", "Ticket": "t"}, "信访接待"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "part"), ANSWERED_BY_US)
def test_other_kinds_get_a_sentence(
    app: Flask, platform: FakeWechat, kind: str, fields: dict[str, Any], part: str
) -> None:
    words = platform.push(to_client(app.test_client()), platform.message(kind, **fields)).words
    assert words is not None and part in words and words != AWAY
    assert heard(app) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"Event": "LOCATION", "Latitude": "39.9", "Longitude": "116.4", "Precision": "10"},
        {"Event": "VIEW", "EventKey": f"{HOME}/m"}, {"Event": "unsubscribe"}, {"Event": "event_of_next_year"},
        {"Event": "TEMPLATESENDJOBFINISH", "MsgID": 200163836, "Status": "success"},
    ],
    ids=lambda one: one["Event"],
)  # fmt: skip
def test_events_that_ask_nothing_are_taken_in_silence(app: Flask, platform: FakeWechat, fields: dict[str, Any]) -> None:
    answered = platform.push(to_client(app.test_client()), platform.message("event", **fields))
    assert (answered.status, answered.body) == (200, "success") and heard(app) == []


@pytest.mark.parametrize(
    "fields", [{"MsgId": ""}, {"MsgId": "abc"}, {"FromUserName": ""}, {"FromUserName": "a b"}, {"FromUserName": "汉"}]
)
def test_a_message_of_nobody_or_without_an_id_is_no_message(
    app: Flask, platform: FakeWechat, fields: dict[str, Any]
) -> None:
    message = {**platform.message("text", Content="在吗"), **fields}
    assert platform.push(to_client(app.test_client()), message).status == 400


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


def test_a_store_that_is_busy_is_an_honest_sentence(
    app: Flask, platform: FakeWechat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object) -> None:
        raise StoreBusy("locked")

    monkeypatch.setattr("kiosk_api.web.channels.wechat.hear", busy)
    words = platform.text(to_client(app.test_client()), "在吗").words
    assert words is not None and "没有收到" in words
