"""POST /card: what the reader saw goes in, fields come out; without a reader the answer asks the person to type."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk_api.domain.cards import PrintedLine
from kiosk_api.domain.policy import CARDS
from kiosk_api.gateways.card_lines import LocalCardReader
from kiosk_api.services.base.terminal_ports import CardReaderBusy, CardReaderOff, NotAPhoto
from tests.cards.lines import ADDRESS, FRONT, NAME, NUMBER
from tests.factories import fresh_app
from tests.voice.answering import answering

PHOTO = b"\xff\xd8\xff\xe0 a photo"
JPEG = {"content_type": "image/jpeg"}


class FakeReader:
    """Sees the given lines, or fails in the given way."""

    def __init__(self, seen: list[PrintedLine] | Exception) -> None:
        self.seen = seen

    def is_on(self) -> bool:
        return not isinstance(self.seen, Exception)

    def read(self, photo: bytes) -> list[PrintedLine]:
        if isinstance(self.seen, Exception):
            raise self.seen
        return self.seen


def use(app: Flask, seen: list[PrintedLine] | Exception) -> FlaskClient:
    app.extensions["kiosk"] = replace(app.extensions["kiosk"], card_reader=FakeReader(seen))
    return app.test_client()


def test_a_card_fills_name_number_and_address(app: Flask) -> None:
    answer = use(app, FRONT).post("/api/v1/card", data=PHOTO, **JPEG)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json() == {"kind": "id_card", "name": NAME, "id_number": NUMBER, "address": ADDRESS,
                                 "case_number": "", "id_number_checked": True}  # fmt: skip


def test_pages_ask_whether_a_card_can_be_read(app: Flask) -> None:
    for seen, is_on in ((FRONT, True), (CardReaderOff(), False)):
        assert use(app, seen).get("/api/v1/card").get_json() == {"available": is_on}


def test_what_is_not_sure_is_empty_and_not_called_checked(app: Flask) -> None:
    lines = [replace(one, text=NUMBER[:-1] + "1") if one.text == NUMBER else one for one in FRONT]
    found = use(app, lines).post("/api/v1/card", data=PHOTO, **JPEG).get_json()
    assert (found["name"], found["id_number"], found["id_number_checked"]) == (NAME, "", False)


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (CardReaderOff(), 503, "card_off"),
        (CardReaderBusy(), 503, "card_busy"),
        (NotAPhoto(), 422, "picture_unreadable"),
    ],
)
def test_without_an_answer_of_the_reader_it_says_what_to_do(
    app: Flask, failure: Exception, status: int, code: str
) -> None:
    answer = use(app, failure).post("/api/v1/card", data=PHOTO, **JPEG)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    if code == "card_busy":
        assert answer.headers["Retry-After"] == "2"
    if status == 503:
        assert "自己填" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"", 415, "picture_wrong_type"),
        (b"GIF89a", 415, "picture_wrong_type"),
        (b"\x89PNG\r\n", 415, "picture_wrong_type"),
        (PHOTO + bytes(4 * 1024 * 1024), 413, "picture_too_large"),
    ],
)
def test_other_files_never_reach_the_reader(app: Flask, sent: bytes, status: int, code: str) -> None:
    answer = use(app, AssertionError("asked")).post("/api/v1/card", data=sent, **JPEG)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_outside_the_hall_photos_are_counted(tmp_path: Path) -> None:
    client = use(fresh_app(tmp_path), [])
    outside = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    statuses = {client.post("/api/v1/card", data=PHOTO, **JPEG, **outside).status_code for _ in range(CARDS.most)}
    assert statuses == {200}
    refused = client.post("/api/v1/card", data=PHOTO, **JPEG, **outside)
    assert (refused.status_code, refused.get_json()["code"]) == (429, "too_many_tries")
    assert client.post("/api/v1/card", data=PHOTO, **JPEG).status_code == 200, "the hall's own terminal is not counted"


def voice(status: int, body: bytes, headers: dict[str, str]) -> AbstractContextManager[str]:
    """A process that gives this answer to the photo; its address."""

    def seen(*asked: object) -> None:
        assert asked == ("/card", PHOTO, "image/jpeg")

    return answering(status, body, headers, seen)


def test_the_lines_come_from_the_voice_process() -> None:
    body = '{"lines":[{"text":"姓名","box":[1,2,30,4],"score":0.99}]}'.encode()
    with voice(200, body, {}) as url:
        assert LocalCardReader(url).read(PHOTO) == [PrintedLine("姓名", 1, 2, 30, 4, 0.99)]


@pytest.mark.parametrize(
    ("status", "body", "is_on"),
    [
        (200, b'{"says":true,"hears":false,"cards":true}', True),
        (200, b'{"says":true,"hears":true,"cards":false}', False),
        (200, b'{"says":true}', False),
        (200, b"[true]", False),
        (200, b"cards", False),
        (503, b'{"cards":true}', False),
    ],
)
def test_it_is_on_only_when_the_voice_process_says_so(status: int, body: bytes, is_on: bool) -> None:
    with voice(status, body, {}) as url:
        assert LocalCardReader(url).is_on() is is_on


@pytest.mark.parametrize(
    ("status", "body", "headers", "raised"),
    [
        (503, b"{}", {"Retry-After": "2"}, CardReaderBusy),
        (503, b"{}", {}, CardReaderOff),
        (400, b"{}", {}, NotAPhoto),
        (500, b"{}", {}, CardReaderOff),
        (200, b"nothing", {}, CardReaderOff),
        (200, b"[" * 100_000, {}, CardReaderOff),
        (200, b'{"lines":[{"text":1,"box":[1,2,3,4],"score":1}]}', {}, CardReaderOff),
        (200, b'{"lines":[{"text":"a","box":[1,2,3],"score":1}]}', {}, CardReaderOff),
        (200, b'{"lines":[{"text":"a","box":[1,2,3,Infinity],"score":1}]}', {}, CardReaderOff),
        (200, b" " * (3 * 1024 * 1024), {}, CardReaderOff),
    ],
)
def test_any_other_answer_is_none(status: int, body: bytes, headers: dict[str, str], raised: type[Exception]) -> None:
    with voice(status, body, headers) as url, pytest.raises(raised):
        LocalCardReader(url).read(PHOTO)


def test_nobody_there_is_off(free_address: Callable[[], str]) -> None:
    reader = LocalCardReader(free_address())
    assert not reader.is_on()
    with pytest.raises(CardReaderOff):
        reader.read(PHOTO)


@pytest.fixture
def free_address() -> Callable[[], str]:
    def closed() -> str:
        with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
            return f"http://127.0.0.1:{server.server_port}"

    return closed


def test_nothing_of_photo_or_card_is_logged_or_stored(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = use(app, FRONT)
    marked = PHOTO + b"MARK-OF-THIS-PHOTO"
    client.post("/api/v1/card", data=io.BytesIO(marked), **JPEG)
    said = "".join(capsys.readouterr())
    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    for secret in ("MARK-OF-THIS-PHOTO", NAME, NUMBER, ADDRESS):
        assert secret not in said
        assert secret.encode() not in kept
