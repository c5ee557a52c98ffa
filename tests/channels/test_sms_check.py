"""`sms-check` says what does not work, in the words of who has to put it right, and sends nothing unless told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk_api import cli
from tests.channels.fake_twilio import ACCOUNT, NUMBER, TOKEN, FakeTwilio, fake_twilio
from tests.channels.small_server import Reply, Request, serving
from tests.factories import START, fresh_app

OURS = {"phone_number": NUMBER, "capabilities": {"sms": True}, "sms_method": "POST"}


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with fake_twilio(lambda: START) as running:
        yield running


@contextmanager
def our_own_address(folder: Path, **env: str) -> Iterator[str]:
    """The application at an address, as nginx would bring calls to it."""
    apps: list[Any] = []

    def answer(request: Request) -> Reply:
        signed = {"X-Twilio-Signature": request.headers.get("x-twilio-signature", "")}
        kind = request.headers.get("content-type")
        said = apps[0].test_client().post(request.path, data=request.body, content_type=kind, headers=signed)
        return Reply(said.status_code, said.data)

    with serving(answer) as url:
        apps.append(fresh_app(folder, KIOSK_PUBLIC_URL=url, **env))
        yield url


def checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str, **env: str
) -> tuple[int, list[list[str]]]:
    for name, value in {"KIOSK_DATA_DIR": str(folder), **env}.items():
        monkeypatch.setenv(name, value)
    status = cli.main(["sms-check", *arguments])
    return status, [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def settings(twilio: FakeTwilio, url: str) -> dict[str, str]:
    return {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_FROM": NUMBER,
            "TWILIO_API_URL": twilio.url, "KIOSK_PUBLIC_URL": url}  # fmt: skip


def test_what_is_right_is_said_to_be_right(
    twilio: FakeTwilio, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with our_own_address(tmp_path, TWILIO_AUTH_TOKEN=TOKEN) as url:
        twilio.numbers = [{**OURS, "sms_url": f"{url}/channels/twilio"}]
        status, lines = checked(capsys, monkeypatch, tmp_path, **settings(twilio, url))
    assert [line[0] for line in lines] == ["好", "好", "不对", "好"], lines
    assert "https" in lines[2][2] and status == 1  # the address of a test has no certificate
    assert twilio.messages == [] and TOKEN not in str(lines)


@pytest.mark.parametrize(("change", "said"), [
    ({"TWILIO_AUTH_TOKEN": "old"}, "账号或密钥不对"), ({"TWILIO_ACCOUNT_SID": "AC" + "9" * 32}, "账号或密钥不对"),
    ({"TWILIO_FROM": "+12025550199"}, "没有这个号码"), ({"TWILIO_API_URL": "http://127.0.0.1:9"}, "连不上"),
    ({"TWILIO_AUTH_TOKEN": ""}, "要一起填"), ({"TWILIO_FROM": "MG" + "1" * 32}, "没有可查的接口"),
    ({}, "应该填"),
])  # fmt: skip
def test_what_is_wrong_is_named(
    twilio: FakeTwilio, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str], said: str,
) -> None:  # fmt: skip
    twilio.numbers = [{**OURS, "sms_url": "https://elsewhere.example/"}]
    fresh_app(tmp_path)
    given = settings(twilio, "http://127.0.0.1:9") | change
    status, lines = checked(capsys, monkeypatch, tmp_path, **given)
    assert status == 1 and any(said in line[2] for line in lines), lines


def test_an_account_that_was_stopped_is_named(
    twilio: FakeTwilio, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    twilio.state = "suspended"
    fresh_app(tmp_path)
    status, lines = checked(capsys, monkeypatch, tmp_path, **settings(twilio, "http://127.0.0.1:9"))
    assert status == 1 and "suspended" in lines[0][2]


@pytest.mark.parametrize(("env", "said"), [
    ({}, "那里还没有打开这个渠道"), ({"TWILIO_AUTH_TOKEN": "another"}, "签名对不上"),
])  # fmt: skip
def test_the_running_service_is_asked_too(
    twilio: FakeTwilio, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    env: dict[str, str], said: str,
) -> None:  # fmt: skip
    with our_own_address(tmp_path, **env) as url:
        _, lines = checked(capsys, monkeypatch, tmp_path, **settings(twilio, url))
    assert said in lines[-1][2]


def test_one_message_is_sent_when_it_is_asked_for(
    twilio: FakeTwilio, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh_app(tmp_path)
    given = settings(twilio, "http://127.0.0.1:9")
    _, lines = checked(capsys, monkeypatch, tmp_path, "--send", "13812345678", **given)
    assert [one["to"] for one in twilio.messages] == ["+8613812345678"]
    assert lines[-1][0] == "好" and "138" not in lines[-1][1] and lines[-1][1].endswith("5678")
    twilio.next_answers.append((400, 21610))
    status, lines = checked(capsys, monkeypatch, tmp_path, "--send", "13812345678", **given)
    assert status == 1 and "opted_out" in lines[-1][2]
    assert checked(capsys, monkeypatch, tmp_path, "--send", "02558881234", **given)[0] == 1
    assert len(twilio.messages) == 1


def test_a_gateway_is_reached_and_asked_for_a_message_that_never_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh_app(tmp_path)
    asked: list[Request] = []

    def answer(request: Request) -> Reply:
        asked.append(request)
        return Reply(404, b'{"code": "NONE"}') if request.method == "GET" else Reply(405)

    with serving(answer) as url:
        given = {"SMS_GATEWAY_URL": f"{url}/send", "SMS_GATEWAY_FIND_URL": f"{url}/find?k={{key}}"}
        assert checked(capsys, monkeypatch, tmp_path, **given)[0] == 1
        right = given | {"SMS_GATEWAY_NEVER_SEEN": "/code=NONE"}
        assert checked(capsys, monkeypatch, tmp_path, **right) == (
            0, [["好", "短信网关", "连得上"], ["好", "查短信", "不认识的短信说得清"]],
        )  # fmt: skip
    assert {one.method for one in asked} == {"HEAD", "GET"}
    assert checked(capsys, monkeypatch, tmp_path, **given)[0] == 1


def test_an_office_without_settings_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh_app(tmp_path)
    status, lines = checked(capsys, monkeypatch, tmp_path)
    assert status == 0 and "只打印出来" in lines[0][2]
    status, lines = checked(capsys, monkeypatch, tmp_path, KIOSK_PUBLIC_URL="https://xinfang.example")
    assert status == 1 and "关着" in lines[0][2]
