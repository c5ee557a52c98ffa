"""Which requests are from WeChat's platform, in each mode of its console."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from kiosk_api.gateways.wechat_crypto import WechatCipher, signature
from kiosk_api.gateways.wechat_door import SignedDoor
from kiosk_api.services.base.wechat_ports import BadMessage, NotGenuine, Opened
from tests.channels.fake_wechat import ACCOUNT, AES_KEY, TOKEN, FakeWechat
from tests.channels.wechat_calls import APP_ID, PERSON

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PLATFORM = FakeWechat(lambda: NOW)
MODES = ("plain", "compatible", "safe")


def door(mode: str = "safe") -> SignedDoor:
    return SignedDoor(TOKEN, WechatCipher(APP_ID, AES_KEY), mode)


def opened(ours: str, theirs: str, *, now: datetime = NOW, body: bytes | None = None, **query: str) -> Opened:
    """What a door of mode `ours` makes of a message in mode `theirs`; `query` replaces parts of the address."""
    address, sent = PLATFORM.request(PLATFORM.message("text", Content="修路占了我家的地"), theirs)
    parts = {**dict(parse_qsl(urlsplit(address).query)), **query}
    return door(ours).open(parts, sent if body is None else body, now)


@pytest.mark.parametrize("mode", MODES)
def test_a_message_is_opened_in_each_mode(mode: str) -> None:
    found = opened(mode, mode)
    assert found.fields["Content"] == "修路占了我家的地" and found.fields["FromUserName"] == PERSON
    assert found.sealed is (mode != "plain")


@pytest.mark.parametrize("mode", ["compatible", "safe"])
def test_a_plain_message_is_refused_however_well_it_is_signed_but_in_mode_plain(mode: str) -> None:
    with pytest.raises(NotGenuine):
        opened(mode, "plain")
    with pytest.raises(NotGenuine):
        opened(mode, "compatible", encrypt_type="raw")


def test_in_mode_compatible_the_encrypted_message_is_the_one_that_is_read() -> None:
    address, body = PLATFORM.request(PLATFORM.message("text", Content="真的"), "compatible")
    query = dict(parse_qsl(urlsplit(address).query))
    changed = body.replace("真的".encode(), "假的".encode(), 1)
    assert changed != body
    assert door("compatible").open(query, changed, NOW).fields["Content"] == "真的"


CHANGED: list[dict[str, Any]] = [
    {"signature": "0" * 40}, {"signature": ""}, {"nonce": "1"}, {"nonce": "n" * 5000}, {"timestamp": "1"},
    {"timestamp": ""}, {"signature": "汉" * 40}, {"signature": "A" * 40},
]  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("change", CHANGED, ids=str)
def test_a_request_with_another_address_is_refused(mode: str, change: dict[str, str]) -> None:
    with pytest.raises(NotGenuine):
        opened(mode, mode, **change)


@pytest.mark.parametrize(
    "change", [{"msg_signature": "0" * 40}, {"msg_signature": ""}, {"encrypt_type": "raw"}], ids=str
)
def test_a_body_that_is_not_signed_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(NotGenuine):
        opened("safe", "safe", **change)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24])
def test_an_old_request_is_refused_and_so_is_one_of_the_future(mode: str, minutes: int) -> None:
    with pytest.raises(NotGenuine):
        opened(mode, mode, now=NOW + timedelta(minutes=minutes))


def test_nothing_is_parsed_before_the_address_is_known_to_be_signed() -> None:
    with pytest.raises(NotGenuine):
        opened("safe", "safe", body=b"<!DOCTYPE x>", signature="0" * 40)
    with pytest.raises(BadMessage):
        opened("safe", "safe", body=b"<!DOCTYPE x>")


def test_the_text_inside_is_read_as_strictly_as_that_around_it() -> None:
    address, _ = PLATFORM.request(PLATFORM.message("text", Content="x"))
    query = dict(parse_qsl(urlsplit(address).query))
    secret = WechatCipher(APP_ID, AES_KEY).seal(b'<!DOCTYPE x [<!ENTITY e "e">]><xml><Content>&e;</Content></xml>')
    query["msg_signature"] = signature(TOKEN, query["timestamp"], query["nonce"], secret)
    with pytest.raises(BadMessage):
        door().open(query, f"<xml><Encrypt>{secret}</Encrypt></xml>".encode(), NOW)


def test_a_door_of_mode_plain_without_a_key_refuses_encrypted_messages() -> None:
    address, body = PLATFORM.request(PLATFORM.message("text", Content="x"))
    with pytest.raises(NotGenuine):
        SignedDoor(TOKEN, None, "plain").open(dict(parse_qsl(urlsplit(address).query)), body, NOW)


@pytest.mark.parametrize("mode", MODES)
def test_the_answer_is_understood_by_the_platform(mode: str) -> None:
    def post(address: str, body: bytes) -> tuple[int, bytes]:
        found = door(mode).open(dict(parse_qsl(urlsplit(address).query)), body, NOW)
        return 200, door(mode).reply(found, f"您说的是：{found.fields['Content']}]]>", NOW).encode()

    answered = PLATFORM.text(post, "<b>路灯</b>", mode=mode)
    assert answered.words == "您说的是：<b>路灯</b>]]>" and answered.tries == 1
    assert (ACCOUNT in answered.body) is (mode == "plain")


def test_our_address_is_checked_by_the_signature_alone() -> None:
    query = dict(parse_qsl(urlsplit(PLATFORM.greeting()).query))
    assert door().greets(query, NOW)
    assert not door().greets({**query, "signature": "0" * 40}, NOW)
    assert not door().greets(query, NOW + timedelta(hours=1))
    assert not door().greets({}, NOW) and not SignedDoor("", None).greets(query, NOW)
