"""Calls of Twilio changed on the way: each differs from what was signed, in its fields, its address or its signature."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

SIGNS = string.printable + "字你好，。“”€é\u200b\U0001f600\x00"
NAMES = ("Body", "From", "To", "MessageSid", "NumMedia", "MediaUrl0", "Latitude", "OptOutType", "AccountSid", "Dear",
         "ButtonText", "ChannelMetadata", "FromCity", "Forwarded", "X", "")  # fmt: skip

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Call:
    """A request as bytes."""

    body: bytes
    signature: str
    query: str = ""
    kind: str = "application/x-www-form-urlencoded"


def mutated(rng: random.Random, fields: Fields, signed: str) -> Iterator[tuple[str, Call]]:
    """Endless (name of the change, call); none of them has the fields, address and signature that were signed."""
    body = urlencode(fields).encode()
    ways: list[Callable[[], Call]] = [
        lambda: Call(body, _signature(rng, signed)),
        lambda: Call(_bytes(rng, body), signed),
        lambda: Call(urlencode(_fields(rng, fields)).encode(), signed),
        lambda: Call(urlencode(_borders(rng, fields)).encode(), signed),
        lambda: Call(body, signed, query=_text(rng, 1, 30)),
        lambda: Call(body, signed, kind=rng.choice(["application/json", "multipart/form-data", "text/plain", ""])),
        lambda: Call(_many(rng, body), signed),
    ]
    names = ("signature", "bytes", "fields", "borders", "query", "type", "many")
    true = sorted(fields)
    while True:
        place = rng.randrange(len(ways))
        call = ways[place]()
        if call.signature == signed and not call.query and call.kind == Call.kind and _read(call.body) == true:
            continue
        yield names[place], call


def _read(body: bytes) -> Fields:
    return sorted(parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="replace"))


def _text(rng: random.Random, least: int, most: int) -> str:
    return "".join(rng.choice(SIGNS) for _ in range(rng.randint(least, most))).replace("#", "")


def _signature(rng: random.Random, signed: str) -> str:
    place = rng.randrange(len(signed))
    new = rng.choice([
        signed[:place], signed[:place] + rng.choice(string.ascii_letters + "+/=") + signed[place + 1 :], signed.lower(),
        signed + signed, signed[::-1], "", "=" * 28, "A" * 27 + "=", "\xff" * 28, signed + " ", "x" * 5_000,
    ])  # fmt: skip
    return new if new.strip() != signed else ""


def _bytes(rng: random.Random, body: bytes) -> bytes:
    found = bytearray(body)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(found))
        change = rng.randrange(4)
        if change == 0:
            found[place] = rng.randrange(256)
        elif change == 1:
            del found[place]
        elif change == 2:
            found.insert(place, rng.randrange(256))
        else:
            found[place:place] = rng.choice([b"&", b"=", b"%00", b"%", b"%ff", b"+", b";", b"&Body=", b"%ed%a0%80"])
    return bytes(found)


def _fields(rng: random.Random, fields: Fields) -> Fields:
    found = list(fields)
    place = rng.randrange(len(found))
    name, value = found[place]
    change = rng.randrange(6)
    if change == 0:
        del found[place]
    elif change == 1:
        found[place] = (name, _text(rng, 0, 40))
    elif change == 2:
        found.append((rng.choice(NAMES), _text(rng, 0, 20)))
    elif change == 3:
        found.append((name, value))  # twice the same: the signature does not count
    elif change == 4:
        other = rng.randrange(len(found))
        found[place], found[other] = (name, found[other][1]), (found[other][0], value)
    else:
        found[place] = (rng.choice(NAMES), value)
    return found


def _borders(rng: random.Random, fields: Fields) -> Fields:
    """What was signed is the same text all along; only where names and values end is moved."""
    found = sorted(fields)
    place = rng.randrange(len(found))
    name, value = found[place]
    change = rng.randrange(4)
    if change == 0 and place:  # the field slips into the value before it
        before, its = found[place - 1]
        found[place - 1 : place + 1] = [(before, its + name + value)]
    elif change == 1 and value:  # a part of the value becomes a field
        cut = rng.randrange(len(value))
        rest = value[cut:]
        end = rng.randint(1, len(rest))
        found[place : place + 1] = [(name, value[:cut]), (rest[:end], rest[end:])]
    elif change == 2:  # the name ends earlier
        cut = rng.randrange(len(name))
        found[place] = (name[:cut], name[cut:] + value)
    elif value:  # or later
        cut = rng.randint(1, len(value))
        found[place] = (name + value[:cut], value[cut:])
    return found


def _many(rng: random.Random, body: bytes) -> bytes:
    return body + b"".join(b"&X%d=%d" % (n, n) for n in range(rng.choice([1, 90, 5_000])))
