"""What each of WeChat's messages and events is to us, read without a request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kiosk_api.services.base.sending import Delivery
from kiosk_api.services.base.wechat_ports import BadMessage
from kiosk_api.services.channels.incoming import Incoming, Kind
from kiosk_api.web.channels.wechat_messages import read, report_of
from tests.channels.wechat_calls import PERSON
from tests.factories import START

HOME = "https://xinfang.example"
TOKEN = "t" * 32


class Media:
    """Keeps which pictures were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def picture(self, media_id: str) -> bytes:
        self.asked.append(media_id)
        return b"picture"


def heard(media: Media | None = None, **fields: str) -> Incoming | None:
    common = {"FromUserName": PERSON, "CreateTime": str(int(START.timestamp())), "MsgId": "7"}
    return read({**common, **fields}, media or Media(), HOME, START)


READ: list[tuple[dict[str, str], Kind, str]] = [
    ({"MsgType": "text", "Content": "路灯坏了"}, Kind.TEXT, "路灯坏了"),
    ({"MsgType": "text", "Content": "2 查进度", "bizmsgmenuid": "2"}, Kind.TEXT, "查进度"),
    ({"MsgType": "text", "Content": "2 查进度", "bizmsgmenuid": "x"}, Kind.TEXT, "2 查进度"),
    ({"MsgType": "voice", "Recognition": "路灯坏了"}, Kind.VOICE, "路灯坏了"),
    ({"MsgType": "voice", "MediaId": "m"}, Kind.VOICE, ""),
    ({"MsgType": "image", "PicUrl": "http://127.0.0.1:1/", "MediaId": "m"}, Kind.PICTURE, ""),
    ({"MsgType": "location", "Label": "青禾县人民路12号", "Location_X": "23.1", "Location_Y": "113.3"}, Kind.PLACE,
     "青禾县人民路12号"),
    ({"MsgType": "location", "Location_X": "23.134521", "Location_Y": "113.358803"}, Kind.PLACE,
     "北纬23.134521度，东经113.358803度"),
    ({"MsgType": "location", "Location_X": "<b>", "Location_Y": "113"}, Kind.PLACE, ""),
    ({"MsgType": "link", "Url": f"{HOME}/r#{TOKEN}"}, Kind.SCAN, f"{HOME}/r#{TOKEN}"),
    ({"MsgType": "link", "Url": f"{HOME}.evil.example/r#{TOKEN}"}, Kind.OTHER, ""),
    ({"MsgType": "video"}, Kind.OTHER, ""),
    ({"MsgType": "event", "Event": "CLICK", "EventKey": "查进度"}, Kind.PRESS, "查进度"),
    ({"MsgType": "event", "Event": "SCAN", "EventKey": TOKEN}, Kind.SCAN, TOKEN),
    ({"MsgType": "event", "Event": "SCAN", "EventKey": "12"}, Kind.JOINED, ""),
    ({"MsgType": "event", "Event": "subscribe", "EventKey": f"qrscene_{TOKEN}"}, Kind.SCAN, TOKEN),
    ({"MsgType": "event", "Event": "subscribe"}, Kind.JOINED, ""),
    ({"MsgType": "event", "Event": "unsubscribe"}, Kind.LEFT, ""),
    ({"MsgType": "event", "Event": "scancode_waitmsg", "ScanCodeInfo/ScanResult": f"{HOME}/r#{TOKEN}"}, Kind.SCAN,
     f"{HOME}/r#{TOKEN}"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kind", "text"), READ)
def test_it_is_read(fields: dict[str, str], kind: Kind, text: str) -> None:
    found = heard(**fields)
    assert found is not None and (found.kind, found.text, found.user) == (kind, text, PERSON)
    assert found.sent_at == START and (found.fetch is not None) is (kind is Kind.PICTURE)


def test_a_picture_is_fetched_by_its_id_and_its_address_is_never_opened() -> None:
    media = Media()
    found = heard(media, MsgType="image", PicUrl="http://127.0.0.1:1/", MediaId="media-1")
    assert found is not None and found.fetch is not None and media.asked == []
    assert found.fetch() == b"picture" and media.asked == ["media-1"]


def test_each_message_has_an_id_of_its_own_and_a_repetition_the_same() -> None:
    def number(**fields: Any) -> str:
        found = heard(**fields)
        assert found is not None
        return found.message_id

    text = {"MsgType": "text", "Content": "a"}
    press = {"MsgType": "event", "Event": "CLICK", "EventKey": "查进度"}
    later = str(int((START + timedelta(seconds=1)).timestamp()))
    numbers = [
        number(**text), number(**text, MsgId="8"), number(**text, FromUserName="oAnother"), number(**press),
        number(**press, CreateTime=later), number(**{**press, "EventKey": "找人工"}), number(**press, FromUserName="oAnother"),
    ]  # fmt: skip
    assert len(set(numbers)) == len(numbers)
    assert number(**text, MsgId="") == number(**text, MsgId="") != number(**{**text, "Content": "b"}, MsgId="")
    assert number(**text) == numbers[0] and number(**press, MsgId="9") == numbers[3]


@pytest.mark.parametrize("time", ["", "x", "-5", "9" * 19, "４"])
def test_a_message_without_a_time_is_of_now(time: str) -> None:
    found = heard(MsgType="text", Content="a", CreateTime=time)
    assert found is not None and found.sent_at == START


@pytest.mark.parametrize(
    "fields", [{"MsgId": "", "CreateTime": ""}, {"MsgId": "abc"}, {"FromUserName": ""}, {"FromUserName": "a b"}]
)
def test_a_message_of_nobody_or_without_an_id_is_none(fields: dict[str, str]) -> None:
    with pytest.raises(BadMessage):
        heard(MsgType="text", Content="a", **fields)


@pytest.mark.parametrize("event", ["LOCATION", "VIEW", "event_of_next_year", ""])
def test_an_event_that_asks_nothing_is_left(event: str) -> None:
    assert heard(MsgType="event", Event=event, Latitude="39.9") is None


REPORTS = [
    ({"Event": "TEMPLATESENDJOBFINISH", "MsgID": "200163836", "Status": "success"}, ("200163836", Delivery.DELIVERED)),
    ({"Event": "TEMPLATESENDJOBFINISH", "MsgID": "7", "Status": "failed:user block"}, ("7", Delivery.FAILED)),
    ({"Event": "TEMPLATESENDJOBFINISH", "MsgID": "x", "Status": "success"}, None),
    ({"Event": "subscribe_msg_sent_event", "SubscribeMsgSentEvent/List/MsgID": "8",
      "SubscribeMsgSentEvent/List/ErrorCode": "0"}, ("8", Delivery.DELIVERED)),
    ({"Event": "CLICK", "MsgID": "9"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "told"), REPORTS)
def test_what_became_of_a_template_message_is_read(fields: dict[str, str], told: tuple[str, Delivery] | None) -> None:
    assert report_of(fields) == told
