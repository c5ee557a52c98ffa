"""Who asked for a call back in the same visit finds its code on the printed receipt."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk_api.gateways import receipt_picture
from tests.factories import fresh_app, register

PRINT = "/api/v1/receipts/print"


@pytest.fixture
def terminal(tmp_path: Path) -> FlaskClient:
    return fresh_app(tmp_path, KIOSK_PRINTER="dummy:").test_client()


@pytest.fixture
def token(terminal: FlaskClient) -> str:
    return str(register(terminal.application)["lookup_token"])


def leave(terminal: FlaskClient) -> dict[str, str]:
    left = {"phone": "13955501357"}
    answer = terminal.post("/api/v1/callbacks", json=left, headers={"Idempotency-Key": "on-paper-1"}).get_json()
    return {"callback_code": answer["code"], "callback_phone_tail": "1357"}


@pytest.fixture
def printed(terminal: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of the last strip, as they were drawn."""
    found: list[str] = []
    lines = receipt_picture._lines

    def kept(receipt: Any) -> Any:
        found[:] = [text for _, text in lines(receipt)]
        return lines(receipt)

    monkeypatch.setattr(receipt_picture, "_lines", kept)
    return found


def test_the_code_and_the_due_time_are_on_both_kinds_of_paper(
    terminal: FlaskClient, token: str, printed: list[str]
) -> None:
    left = leave(terminal)
    page = terminal.post("/receipt", data={"lookup_token": token, **left}).text
    assert f'id="callback-code" class="number">{left["callback_code"]}<' in page
    assert "最晚2026年3月3日 18:00以前打给您" in page
    assert terminal.post(PRINT, json={"lookup_token": token, **left}).get_json() == {"printed": True}
    assert f"回电码 {left['callback_code']}" in printed
    assert any("最晚2026年3月3日 18:00以前" in line for line in printed)


def test_without_a_call_back_nothing_is_said_of_one(terminal: FlaskClient, token: str, printed: list[str]) -> None:
    assert "回电码" not in terminal.post("/receipt", data={"lookup_token": token}).text
    terminal.post(PRINT, json={"lookup_token": token})
    assert printed and not any("回电" in line for line in printed)


@pytest.mark.parametrize(
    "wrong", [{"callback_phone_tail": "0000"}, {"callback_code": "ABCD-EFGH"}, {"callback_phone_tail": ""}]
)
def test_a_wrong_pair_prints_the_receipt_without_it(
    terminal: FlaskClient, token: str, wrong: dict[str, str], printed: list[str]
) -> None:
    left = {**leave(terminal), **wrong}
    assert "回电码" not in terminal.post("/receipt", data={"lookup_token": token, **left}).text
    assert terminal.post(PRINT, json={"lookup_token": token, **left}).status_code == 200
    assert not any("回电" in line for line in printed)


def test_wrong_pairs_are_counted_as_everywhere(terminal: FlaskClient, token: str) -> None:
    left = leave(terminal)
    for number in range(60):
        wrong = {**left, "callback_phone_tail": f"{number:04}"}
        assert terminal.post("/receipt", data={"lookup_token": token, **wrong}).status_code == 200
    who = {"code": left["callback_code"], "phone_tail": "1357"}
    assert terminal.post("/api/v1/callbacks/lookup", json=who).status_code == 429


def test_a_call_back_that_is_over_is_not_printed(terminal: FlaskClient, token: str) -> None:
    left = leave(terminal)
    who = {"code": left["callback_code"], "phone_tail": "1357"}
    terminal.post("/api/v1/callbacks/withdraw", json=who, headers={"Idempotency-Key": "no-longer"})
    terminal.application.extensions["kiosk"].clock.advance(timedelta(minutes=1))
    assert "回电码" not in terminal.post("/receipt", data={"lookup_token": token, **left}).text
