"""Requests of WeChat's platform, changed at random: what somebody sends who has seen some and does not know the keys.

`signed_parts` says whether a change touched anything that a signature covers: what merely wraps the same message in another
way is still the same message.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from kiosk_api.gateways import wechat_xml
from kiosk_api.services.base.wechat_ports import BadMessage
from tests.channels.fake_wechat import FakeWechat

SIGNED = ("signature", "timestamp", "nonce", "encrypt_type", "msg_signature")
HOSTILE = (
    b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><xml><Encrypt>&f;</Encrypt></xml>',
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 1000 + b'">]><xml><Encrypt>' + b"&b;" * 1000 + b"</Encrypt></xml>",
    b"<xml>" + b"<a>" * 12_000 + b"</a>" * 4_000 + b"</xml>",
    b"<xml>" + b"<a/>" * 12_000 + b"</xml>",
    b"<xml><a " + b" ".join(b'b%d="1"' % n for n in range(4_000)) + b"/></xml>",
    b"<xml><Encrypt>" + b"A" * 60_000 + b"</Encrypt></xml>",
    b"<xml><Encrypt>" + b"&#65;" * 12_000 + b"</Encrypt></xml>",
    b"\xff\xfe<\x00x\x00m\x00l\x00>\x00", b"\x00" * 65_000, b"<" * 65_000, b"<![CDATA[" * 7_000, b"\xef\xbb\xbf", b"",
)  # fmt: skip
_SIGNS = "0123456789abcdefABCDEF=+/-_ %\x00汉é'\"<>&;"


@dataclass(frozen=True)
class Mutant:
    """A changed request; `is_changed`: in something that is signed."""

    address: str
    body: bytes
    is_changed: bool


def mutants(platform: FakeWechat, seed: int, most: int, mode: str = "safe") -> Iterator[Mutant]:
    """`most` changed requests of that mode, the same for each seed."""
    dice = random.Random(seed)
    seen = [platform.request(platform.message("text", Content=f"第{n}条"), mode) for n in range(20)]
    for _ in range(most):
        address, body = dice.choice(seen)
        query = dict(parse_qsl(urlsplit(address).query))
        other = dice.choice(seen)
        changed, sent = dict(query), body
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            if dice.random() < 0.4:
                changed = _changed_query(dice, changed, dict(parse_qsl(urlsplit(other[0]).query)))
            else:
                sent = dice.choice(_OF_BODY)(dice, sent, other[1])
        same = all(changed.get(one) == query.get(one) for one in SIGNED)
        yield Mutant(f"/channels/wechat?{urlencode(changed)}", sent, not (same and _secret(sent) == _secret(body)))


def _secret(body: bytes) -> str | None:
    """What the second signature covers."""
    try:
        return wechat_xml.read(body).get("Encrypt")
    except BadMessage:
        return None


def _changed_query(dice: random.Random, query: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    name = dice.choice(SIGNED)
    value = query.get(name, "")
    place = dice.randrange(len(value) + 1)
    with_sign = value[:place] + dice.choice(_SIGNS) + value[place + 1 :]
    new = dice.choice((
        with_sign, "", value[:-1], value + "0", value.upper(), " " + value, other.get(name, ""), "9" * dice.randrange(200),
        query.get(dice.choice(SIGNED), ""), "aes", "raw",
    ))  # fmt: skip
    return {one: text for one, text in {**query, name: new}.items() if dice.random() > 0.02}


def _flip(dice: random.Random, body: bytes, _other: bytes) -> bytes:
    found = bytearray(body or b"x")
    for _ in range(dice.choice((1, 1, 2, 8))):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def _cut(dice: random.Random, body: bytes, _other: bytes) -> bytes:
    start = dice.randrange(len(body) + 1)
    return body[:start] + body[start + dice.randrange(len(body) + 1 - start) :]


def _insert(dice: random.Random, body: bytes, _other: bytes) -> bytes:
    place = dice.randrange(len(body) + 1)
    what = dice.choice((b"<", b"&", b"]]>", b"<!--", b"\x00", dice.randbytes(20), b"<Encrypt>x</Encrypt>", b"&x;"))
    return body[:place] + what + body[place:]


def _repeat(dice: random.Random, body: bytes, _other: bytes) -> bytes:
    start = dice.randrange(len(body) + 1)
    return body + body[start:] * dice.randrange(1, 4)


def _splice(dice: random.Random, body: bytes, other: bytes) -> bytes:
    return body[: dice.randrange(len(body) + 1)] + other[dice.randrange(len(other) + 1) :]


def _hostile(dice: random.Random, body: bytes, _other: bytes) -> bytes:
    return dice.choice(HOSTILE) + dice.choice((b"", body))


def _another(_dice: random.Random, _body: bytes, other: bytes) -> bytes:
    return other


_OF_BODY: tuple[Callable[[random.Random, bytes, bytes], bytes], ...] = (
    _flip, _flip, _flip, _cut, _insert, _repeat, _splice, _hostile, _another,
)  # fmt: skip
