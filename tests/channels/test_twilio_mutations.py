"""Calls that were changed on the way are refused, whatever was changed, and break nothing."""

from __future__ import annotations

import gc
import random
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from werkzeug.datastructures import MultiDict

from kiosk_api.web.channels.twilio_signature import is_genuine
from tests.channels.fake_twilio import ACCOUNT, TOKEN, FakeTwilio, signature
from tests.channels.mutations import Call, Fields, mutated
from tests.channels.twilio_app import HOME
from tests.factories import START, fresh_app

PATH = "/channels/twilio"
WORDS = ("你好", "我叫王小明，电话13812345678", "Dear Sir, Call me From Beijing To Nanjing. Forwarded message", "1", "",
         "拆迁款没发\n第二行", "AddressBodyLabel FromChina ChatGPT", "STOP")  # fmt: skip


def tried(
    folder: Path, count: int, seed: int, *, measured: bool = False
) -> tuple[Counter[tuple[str, int]], float, int]:
    """(answers by change and status, the slowest in seconds of processor time, the most memory in bytes if measured)."""
    app = fresh_app(folder, TWILIO_AUTH_TOKEN=TOKEN, TWILIO_ACCOUNT_SID=ACCOUNT, KIOSK_PUBLIC_URL=HOME,
                    KIOSK_RATE_LIMITS="off")  # fmt: skip
    client, rng, twilio = app.test_client(), random.Random(seed), FakeTwilio(lambda: START)
    found: Counter[tuple[str, int]] = Counter()
    slowest, each = 0.0, count // len(WORDS)
    gc.collect()
    gc.freeze()  # what other tests left behind is not this call's time
    if measured:
        tracemalloc.start()
    for word in WORDS:
        fields: Fields = sorted(twilio.incoming(word).items())
        changes = mutated(rng, fields, signature(TOKEN, HOME + PATH, dict(fields)))
        for _ in range(each):
            name, call = next(changes)
            started = time.thread_time()
            status = send(client, call)
            slowest = max(slowest, time.thread_time() - started)
            found[name, status] += 1
    most = tracemalloc.get_traced_memory()[1] if measured else 0
    tracemalloc.stop()
    gc.unfreeze()
    assert app.extensions["kiosk"].assistant.received == []
    return found, slowest, most


def send(client: object, call: Call) -> int:
    path = f"{PATH}?{quote(call.query, safe='=&')}" if call.query else PATH
    answer = client.post(path, data=call.body, content_type=call.kind,  # type: ignore[attr-defined]
                         headers=[("X-Twilio-Signature", call.signature)])  # fmt: skip
    return int(answer.status_code)


def check(found: Counter[tuple[str, int]]) -> None:
    assert {name for name, _ in found} == {"signature", "bytes", "fields", "borders", "query", "type", "many"}
    assert all(400 <= status < 500 for _, status in found), found


def test_no_changed_call_is_heard_and_none_breaks_anything(tmp_path: Path) -> None:
    found, _, _ = tried(tmp_path, 2_000, seed=19)
    check(found)


@pytest.mark.long
def test_nor_of_a_hundred_thousand(tmp_path: Path) -> None:
    _, _, most = tried(tmp_path / "measured", 2_000, seed=8, measured=True)
    found, slowest, _ = tried(tmp_path / "fast", 100_000, seed=7)
    print(f"{sum(found.values())} calls, {sorted(found.items())}; slowest {slowest * 1000:.0f} ms, {most / 1e6:.1f} MB")
    check(found)


def test_what_was_signed_is_still_heard_in_any_order_of_fields_and_with_fields_of_tomorrow(tmp_path: Path) -> None:
    client = fresh_app(tmp_path, TWILIO_AUTH_TOKEN=TOKEN, KIOSK_PUBLIC_URL=HOME).test_client()
    twilio, rng = FakeTwilio(lambda: START), random.Random(3)
    for word in WORDS:
        form = twilio.incoming(
            word, RcsSenderMetadata="{}", ErrorCode="11200", ErrorUrl=HOME, ProfileName="Label To From"
        )
        fields = list(form.items())
        rng.shuffle(fields)
        call = Call(urlencode(fields).encode(), signature(TOKEN, HOME + PATH, form))
        assert send(client, call) == 200, word


@pytest.mark.parametrize("url", [HOME + PATH, "http://127.0.0.1:8000" + PATH, f"{HOME}:443{PATH}"])
def test_a_port_in_the_address_may_be_signed_or_not(url: str) -> None:
    form = FakeTwilio(lambda: START).incoming("你好")
    assert is_genuine(TOKEN, url, MultiDict(form), signature(TOKEN, url, form))
    with_port = url if ":8000" in url or ":443" in url else url.replace("example", "example:443")
    assert is_genuine(TOKEN, url, MultiDict(form), signature(TOKEN, with_port, form))
