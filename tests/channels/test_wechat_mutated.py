"""Changed requests: none accepted, none an error of ours. How long they take is measured by `tests/bench/wechat_mutants.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.gateways.wechat_crypto import WechatCipher, signature
from tests.channels.fake_wechat import AES_KEY, TOKEN, FakeWechat, as_xml, environment, signed, to_client
from tests.channels.mutated import HOSTILE, mutants
from tests.channels.wechat_calls import APP_ID
from tests.factories import START, fresh_app

PLATFORM = FakeWechat(lambda: START)


def account(folder: Path, mode: str) -> Flask:
    return fresh_app(folder, **environment("http://127.0.0.1:1", WECHAT_MODE=mode))


def attack(app: Flask, mode: str, seed: int, most: int) -> dict[str, int]:
    """How many were refused, accepted though a signed part was changed, accepted as the same message, and 5xx."""
    post, found = to_client(app.test_client()), {"refused": 0, "accepted": 0, "same": 0, "broken": 0}
    received = app.extensions["kiosk"].assistant.received
    received.clear()
    for one in mutants(PLATFORM, seed, most, mode):
        status, _ = post(one.address, one.body)
        if status >= 500:
            found["broken"] += 1
        elif status == 200:
            found["accepted" if one.is_changed else "same"] += 1
        else:
            found["refused"] += 1
    assert len(received) <= 20  # each original once, whatever wraps it
    return found


def test_of_2000_changed_requests_none_is_accepted(tmp_path: Path) -> None:
    found = attack(account(tmp_path, "safe"), "safe", 1, 1_700)
    more = attack(account(tmp_path / "other", "compatible"), "compatible", 2, 300)
    assert found["accepted"] == more["accepted"] == 0 and found["broken"] == more["broken"] == 0
    assert found["refused"] > 1_300


@pytest.mark.long
def test_of_100_000_changed_requests_none_is_accepted(tmp_path: Path) -> None:
    app = account(tmp_path, "safe")
    for seed in range(100):
        found = attack(app, "safe", seed, 1_000)
        assert found["accepted"] == 0 and found["broken"] == 0, (seed, found)


@pytest.mark.parametrize("mode", ["plain", "safe"])
def test_no_document_that_is_well_signed_breaks_anything(tmp_path: Path, mode: str) -> None:
    """In mode plain the body is not signed, so that any may come; inside an encrypted one only the platform's."""
    app = account(tmp_path, mode)
    at, nonce = str(int(START.timestamp())), "77"
    cipher, client = WechatCipher(APP_ID, AES_KEY), app.test_client()
    bodies = [*HOSTILE, *(one.body for one in mutants(PLATFORM, 3, 400, "plain"))]
    for body in bodies:
        query = {"signature": signed(TOKEN, at, nonce), "timestamp": at, "nonce": nonce}
        if mode == "safe":
            secret = cipher.seal(body)
            query |= {"encrypt_type": "aes", "msg_signature": signature(TOKEN, at, nonce, secret)}
            body = as_xml({"Encrypt": secret}).encode()
        answer = client.post("/channels/wechat", query_string=query, data=body, content_type="text/xml")
        assert answer.status_code in (200, 400, 403, 413), (answer.status_code, body[:80])


def test_a_body_that_is_too_long_is_refused_before_it_is_read(tmp_path: Path) -> None:
    client = account(tmp_path, "safe").test_client()
    address, _ = PLATFORM.request(PLATFORM.message("text", Content="x"))
    assert client.post(address, data=b"x" * 70_000, content_type="text/xml").status_code == 413
    assert client.post(address, data=b"x" * 70_000, content_type="application/x-www-form-urlencoded").status_code in (
        413,
        422,
    )
