"""An attacker cannot choose which source a budget counts, neither by a header nor by a name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask

from kiosk_api.domain import policy
from kiosk_api.domain.case_number import make
from tests.factories import PASSWORD, START, fresh_app

FROM_ONE = policy.TAIL_SOURCE.most


def lookups(app: Flask, headers: list[Mapping[str, str]]) -> list[int]:
    """One wrong try at each of different cases: only the budget of the source can stop them."""
    client = app.test_client()
    return [
        client.post("/api/v1/cases/lookup", headers=one, json={
            "case_number": make(START.date(), 1000 + number), "phone_tail": "0000"}).status_code
        for number, one in enumerate(headers)
    ]  # fmt: skip


@pytest.mark.parametrize("key", [None, "", "wrong"])
def test_only_the_bot_may_name_a_conversation(app: Flask, key: str | None) -> None:
    bot = {} if key is None else {"X-Bot-Key": key}
    headers = [{"X-Chat-Session": f"invented-session-{number:04}", **bot}
               for number in range(FROM_ONE + 1)]  # fmt: skip
    assert lookups(app, headers) == [404] * FROM_ONE + [429]


def test_the_bots_conversations_are_counted_separately(app: Flask) -> None:
    key = app.extensions["kiosk"].bot_key
    headers = [{"X-Chat-Session": f"conversation-{number:04}", "X-Bot-Key": key}
               for number in range(FROM_ONE + 1)]  # fmt: skip
    assert lookups(app, headers) == [404] * (FROM_ONE + 1)
    same = [headers[0]] * FROM_ONE
    assert lookups(app, same) == [404] * (FROM_ONE - 1) + [429]


def test_an_invented_first_hop_is_counted_as_nobody(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_TRUSTED_PROXIES="127.0.0.1")
    headers = [{"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.1"}
               for number in range(FROM_ONE + 1)]  # fmt: skip
    assert lookups(app, headers) == [404] * FROM_ONE + [429]


def test_an_invented_hop_with_many_behind_it_is_counted_as_nobody(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8")
    own = ", ".join(["10.0.0.1"] * 30)  # more than are evaluated
    headers = [{"X-Forwarded-For": f"192.0.2.{number}, {own}"} for number in range(FROM_ONE + 1)]
    assert lookups(app, headers) == [404] * FROM_ONE + [429]


def test_misses_at_one_name_do_not_block_another(app: Flask) -> None:
    client = app.test_client()

    def sign_in(name: str, password: str, where: str) -> int:
        return client.post("/api/v1/desk/session", json={"username": name, "password": password},
                           environ_base={"REMOTE_ADDR": where}).status_code  # fmt: skip

    hall, home = "198.51.100.1", "203.0.113.5"
    missed = [sign_in("office", "wrong", hall) for _ in range(policy.SIGN_IN_PAIR.most)]
    assert missed == [401] * policy.SIGN_IN_PAIR.most
    assert sign_in("office", PASSWORD, hall) == 429
    assert sign_in("lead", PASSWORD, hall) == 201  # a colleague at the same counter
    assert sign_in("office", PASSWORD, home) == 201  # the same person at another place
