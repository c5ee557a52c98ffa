"""Signatures and encryption of WeChat: the platform's own examples, and a second implementation, both ways."""

from __future__ import annotations

import random
import secrets
from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException

from kiosk_api.gateways.wechat_crypto import FRESH_S, WechatCipher, aes_key, is_fresh, is_signed, signature
from kiosk_api.gateways.wechat_door import SignedDoor
from kiosk_api.services.base.wechat_ports import NotGenuine
from tests.channels.fake_wechat import AES_KEY, TOKEN
from tests.channels.wechat_calls import APP_ID

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OTHER_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg"


def test_the_signatures_of_the_documentation() -> None:
    """https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.md"""
    assert is_signed("f464b24fc39322e44b38aa78f5edd27bd1441696", "AAAAA", "1714036504", "1514711492")
    assert is_signed("899cf89e464efb63f54ddac96b0a0a235f53aa78", "AAAAA", "1714037059", "486452656")
    assert is_signed("6c5c811b55cc85e0e1b54100749188c20beb3f5d", "AAAAA", "1714112445", "415670741")


def test_the_encrypted_message_of_the_documentation() -> None:
    sealed = (
        "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR"
        "8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km3"
        "2IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
    )
    assert is_signed("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", "AAAAA", "1714112445", "415670741", sealed)
    assert WechatCipher("wxba5fad812f8e6fb9", "A" * 43).open(sealed)[0].decode() == (
        '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,'
        '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
    )


def test_the_platforms_sample_programs_seal_and_sign_alike() -> None:
    """From its archives of sample programs (Java, C# and Python)."""
    cipher = WechatCipher("wxb11529c136998cb6", AES_KEY, random=lambda _count: b"aaaabbbbccccdddd")
    assert cipher.seal("我是中文abcd123".encode()) == (
        "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="
    )
    sealed = (
        "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
        "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
        "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
        "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
        "HBZZIs2pDBS8R07+qN+E7Q=="
    )
    assert is_signed("477715d11cdb4164915debcba66cb864d751f3e6", "QDG6eK", "1409659813", "1372623149", sealed)
    opened = WechatCipher("wx5823bf96d3bd56c7", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C").open(sealed)[0].decode()
    assert "<MsgId>4561255354251345929</MsgId>" in opened and "<Content><![CDATA[hello]]></Content>" in opened
    sealed = (
        "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXp"
        "bUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlp"
        "Kn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD"
        "1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
    )
    assert is_signed("5d197aaffba7e9b25a30732f161a50dee96bd5fa", "spamtest", "1409735669", "1320562132", sealed)
    assert b"<![CDATA[abcdteT]]>" in WechatCipher("wx2c2769f8efd9abc2", AES_KEY).open(sealed)[0]


@pytest.mark.parametrize("seed", range(40))
def test_a_second_implementation_opens_what_we_seal_and_the_reverse(seed: int) -> None:
    """Lengths around every multiple of the padding, texts of one to four bytes a character."""
    dice = random.Random(seed)
    text = "".join(dice.choice("a汉é😀\n<&]>") for _ in range(dice.randrange(seed * 8 + 1)))
    nonce, at = str(dice.randrange(10**9)), "1409735669"
    ours, theirs = WechatCipher(APP_ID, AES_KEY), WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    sealed = ours.seal(text.encode())
    body = f"<xml><Encrypt>{sealed}</Encrypt></xml>"
    assert theirs.decrypt_message(body, signature(TOKEN, at, nonce, sealed), at, nonce) == text
    made = ElementTree.fromstring(theirs.encrypt_message(text, nonce, at))
    found = made.findtext("Encrypt") or ""
    assert is_signed(made.findtext("MsgSignature") or "", TOKEN, at, nonce, found)
    assert ours.open(found)[0].decode() == text


def test_a_message_under_the_previous_key_is_opened_and_answered_under_it() -> None:
    cipher = WechatCipher(APP_ID, OTHER_KEY, AES_KEY)
    assert cipher.open(WechatCipher(APP_ID, AES_KEY).seal(b"before")) == (b"before", 1)
    assert WechatCipher(APP_ID, AES_KEY).open(cipher.seal(b"answer", 1)) == (b"answer", 0)
    assert WechatCipher(APP_ID, OTHER_KEY).open(cipher.seal(b"after")) == (b"after", 0)
    with pytest.raises(NotGenuine):
        WechatCipher(APP_ID, OTHER_KEY).open(WechatCipher(APP_ID, AES_KEY).seal(b"long ago"))


def test_a_message_for_another_account_is_refused_as_it_is_there() -> None:
    sealed = WechatCipher("wxanother", AES_KEY).seal(b"text")
    with pytest.raises(NotGenuine):
        WechatCipher(APP_ID, AES_KEY).open(sealed)
    body = f"<xml><Encrypt>{sealed}</Encrypt></xml>"
    with pytest.raises(InvalidAppIdException):
        WeChatCrypto(TOKEN, AES_KEY, APP_ID).decrypt_message(body, signature(TOKEN, "1", "2", sealed), "1", "2")


@pytest.mark.parametrize("sealed", ["", "=", "AAAA", "汉字", "A" * 64, "not base64!", "QUJD\nQUJD" * 8])
def test_what_is_no_ciphertext_is_refused(sealed: str) -> None:
    with pytest.raises(NotGenuine):
        WechatCipher(APP_ID, AES_KEY).open(sealed)


def test_no_changed_bit_of_a_ciphertext_gives_a_message_of_another_length() -> None:
    """Encryption alone protects the text not at all: the signature over the ciphertext does, and is checked first."""
    cipher = WechatCipher(APP_ID, AES_KEY)
    for _ in range(200):
        sealed = bytearray(cipher.seal(b"x" * 50).encode())
        place = secrets.randbelow(len(sealed))
        sealed[place] = ord("A") if sealed[place] != ord("A") else ord("B")
        try:
            assert len(cipher.open(sealed.decode())[0]) == 50
        except NotGenuine:
            continue


def test_a_timestamp_is_fresh_for_five_minutes_either_way() -> None:
    at = int(NOW.timestamp())
    assert is_fresh(str(at), NOW) and is_fresh(str(at - FRESH_S), NOW) and is_fresh(str(at + FRESH_S), NOW)
    assert not is_fresh(str(at - FRESH_S - 1), NOW) and not is_fresh(str(at + FRESH_S + 1), NOW)
    assert not is_fresh(str(at), NOW + timedelta(minutes=6))


@pytest.mark.parametrize("timestamp", ["", "-1", "1e9", " 1772416800", "１７７２４１６８００", "9" * 400, "²"])
def test_what_is_no_timestamp_is_not_fresh(timestamp: str) -> None:
    assert not is_fresh(timestamp, NOW)


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44, "A" * 42 + "=", "A" * 42 + "汉", "A" * 42 + "-"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        aes_key(key)


def test_a_door_without_token_or_key_is_off() -> None:
    cipher = WechatCipher(APP_ID, AES_KEY)
    assert SignedDoor(TOKEN, cipher).is_on() and SignedDoor(TOKEN, None, "plain").is_on()
    assert not SignedDoor(TOKEN, None).is_on() and not SignedDoor("", cipher).is_on()
