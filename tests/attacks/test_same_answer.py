"""A missing case or name is answered, counted and timed like an existing one with a wrong proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk_api.domain.case_number import make
from tests.factories import START

UNKNOWN_TOKEN, WRONG_TAIL = "x" * 32, "0000"
WRONG_PHONE = "13800000000"
Body = dict[str, str]


def unknown(case: dict[str, Any], way: str, phone: str) -> tuple[Body, Body]:
    """A body for an existing case, and one for a missing case."""
    known, other = {
        "token": ({"lookup_token": case["lookup_token"]}, {"lookup_token": UNKNOWN_TOKEN}),
        "number": ({"case_number": case["case_number"]}, {"case_number": make(START.date(), 5)}),
    }[way]
    return known | {"phone_tail": phone}, other | {"phone_tail": phone}


def said(answer: TestResponse) -> tuple[int, bytes, str | None, str | None]:
    """Everything by which two answers could differ."""
    headers = answer.headers
    return answer.status_code, answer.data, headers.get("Content-Type"), headers.get("Retry-After")


def asking(app: Flask, path: str) -> Callable[[Body, int], TestResponse]:
    """Posts a body, each time from another address."""
    client = app.test_client()

    def post(body: Body, number: int) -> TestResponse:
        return client.post(
            path, json=body, headers={"Idempotency-Key": f"same-answer-{number}"},
            environ_base={"REMOTE_ADDR": f"198.51.100.{number}"},
        )  # fmt: skip

    return post


@pytest.mark.parametrize("phone", [WRONG_TAIL, WRONG_PHONE], ids=["tail", "whole"])
@pytest.mark.parametrize(
    ("step", "way"),
    [("withdraw", "token"), ("review", "token"), ("lookup", "token"), ("lookup", "number"),
     ("urge", "number")],
)  # fmt: skip
def test_an_unknown_case_is_answered_like_a_known_one(
    app: Flask, case: dict[str, Any], step: str, way: str, phone: str
) -> None:
    post = asking(app, f"/api/v1/cases/{step}")
    known, other = unknown(case, way, phone)
    answer = post(known, 1)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "case_not_found")
    assert said(post(other, 2)) == said(answer)


@pytest.mark.parametrize(("step", "way"), [("withdraw", "token"), ("lookup", "number")])
def test_an_unknown_case_is_counted_like_a_known_one(app: Flask, case: dict[str, Any], step: str, way: str) -> None:
    """Otherwise the sixth answer reveals which case exists."""
    post = asking(app, f"/api/v1/cases/{step}")
    known, other = unknown(case, way, WRONG_TAIL)
    answers = [said(post(known, number)) for number in range(7)]
    assert [one[0] for one in answers] == [404] * 5 + [429] * 2
    assert [said(post(other, 100 + number)) for number in range(7)] == answers


@pytest.mark.parametrize("path", ["/api/v1/desk/session", "/desk/sign-in"])
def test_an_unknown_name_is_answered_like_a_wrong_password(
    app: Flask, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    passwords, client = app.extensions["kiosk"].passwords, app.test_client()
    matches, hashes = passwords.matches, []

    def counted(stored: str, password: str) -> bool:
        hashes.append(stored)
        return bool(matches(stored, password))

    monkeypatch.setattr(passwords, "matches", counted)

    def sign_in(name: str) -> tuple[int, str]:
        body = {"username": name, "password": "wrong"}
        kind = "json" if path.startswith("/api/") else "data"
        answer = client.post(path, **{kind: body})
        return answer.status_code, answer.get_data(as_text=True).replace(name, "NAME")

    known = sign_in("office")
    assert known[0] == 401 and len(hashes) == 1
    assert sign_in("nobody") == known
    assert len(hashes) == 2 and hashes[0] != hashes[1]


def test_an_unknown_name_is_counted_like_a_known_one(app: Flask) -> None:
    client = app.test_client()

    def statuses(name: str, where: str) -> list[int]:
        body = {"username": name, "password": "wrong"}
        return [client.post("/api/v1/desk/session", json=body,
                            environ_base={"REMOTE_ADDR": where}).status_code for _ in range(7)]  # fmt: skip

    assert statuses("office", "198.51.100.1") == [401] * 5 + [429] * 2
    assert statuses("nobody", "198.51.100.2") == [401] * 5 + [429] * 2
