"""The terminal's own printer: what is printed, and the messages when printing fails."""

from __future__ import annotations

import os
import socket
import struct
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from numpy.typing import NDArray

from kiosk_api.config import Settings, SettingsError
from kiosk_api.gateways.receipt_picture import WIDTH, NoFont, draw, find_font
from kiosk_api.gateways.receipt_printer import (
    DummyPrinter,
    EscPosPrinter,
    NoPrinter,
    printer_at,
)
from kiosk_api.services.base.shown import Receipt
from kiosk_api.services.base.terminal_ports import PrinterTrouble
from kiosk_api.services.cases.receipts import build_receipt
from kiosk_api.services.terminal.print_receipt import SENTENCES
from tests.codes import read_code
from tests.factories import fresh_app, petition

PRINT = "/api/v1/receipts/print"


def register(client: FlaskClient, **changes: Any) -> dict[str, Any]:
    answer = client.post(
        "/api/v1/petitions", json=petition(**changes), headers={"Idempotency-Key": os.urandom(8).hex()}
    )
    return dict(answer.get_json())


def picture_in(job: bytes) -> NDArray[np.uint8]:
    """Every GS v 0 picture of a job, one below the other; white is 255."""
    strips, at = [], 0
    while (at := job.find(b"\x1dv0", at)) >= 0:
        across, down = struct.unpack("<HH", job[at + 4 : at + 8])
        dots = np.frombuffer(job[at + 8 : at + 8 + across * down], np.uint8)
        strips.append(np.unpackbits(dots).reshape(down, across * 8))
        at += 8 + across * down
    return np.where(np.vstack(strips) == 1, 0, 255).astype(np.uint8)


@pytest.fixture
def terminal(tmp_path: Path) -> FlaskClient:
    return fresh_app(tmp_path, KIOSK_PRINTER="dummy:").test_client()


def printer(client: FlaskClient) -> DummyPrinter:
    found = client.application.extensions["kiosk"].printer
    assert isinstance(found, DummyPrinter)
    return found


def test_the_printed_qr_opens_the_case(terminal: FlaskClient) -> None:
    case = register(terminal)
    answer = terminal.post(PRINT, json={"lookup_token": case["lookup_token"]})
    assert answer.get_json() == {"printed": True}
    picture = picture_in(printer(terminal).job)
    assert picture.shape[1] == WIDTH
    text = read_code(picture)
    ctx = terminal.application.extensions["kiosk"]
    assert text == f"{ctx.public_url}/r#{case['lookup_token']}"
    assert printer(terminal).job.endswith(b"\x1dV\x00")  # cut


def test_chinese_is_drawn_and_different_words_look_different(terminal: FlaskClient) -> None:
    ctx = terminal.application.extensions["kiosk"]
    case = register(terminal)
    receipt = build_receipt(ctx, case["lookup_token"])
    font = find_font(None)
    one, same, other, blank = (
        np.asarray(draw(replace(receipt, request=text), font))
        for text in ("工资没有发", "工资没有发", "工资没有收", "　　　　　")
    )
    assert one.shape == other.shape == blank.shape
    assert (one == same).all()
    ink = int((~one).sum()) - int((~blank).sum())
    assert ink > 5 * 60  # five characters, each of many dots
    # missing characters would be the same box for 发 and 收
    assert 20 < int((one != other).sum()) < ink


@pytest.mark.parametrize("trouble", ["printer_paper_out", "printer_gone"])
def test_a_printer_error_is_shown_and_the_citizen_is_asked_to_photograph_the_qr_code(
    terminal: FlaskClient, trouble: str
) -> None:
    case = register(terminal)
    printer(terminal).trouble = trouble
    answer = terminal.post(PRINT, json={"lookup_token": case["lookup_token"]})
    assert answer.status_code == 503
    body = answer.get_json()
    assert body["code"] == trouble
    assert body["detail"] == SENTENCES[trouble]
    assert "拍下屏幕上的二维码" in body["detail"]
    assert terminal.get("/readyz").get_json()["parts"]["printer"] == "degraded"


def test_without_a_printer_the_kiosk_says_so_and_is_still_ready(client: FlaskClient) -> None:
    case = register(client)
    assert client.get(PRINT).get_json() == {"available": False}
    answer = client.post(PRINT, json={"lookup_token": case["lookup_token"]})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "printer_off")
    assert client.get("/readyz").get_json()["parts"]["printer"] == "off"


def test_a_phone_at_home_cannot_print_in_the_hall(tmp_path: Path) -> None:
    app = fresh_app(tmp_path, KIOSK_PRINTER="dummy:", KIOSK_TERMINALS="192.0.2.7, 2001:db8::7")
    client = app.test_client()
    sent = {"lookup_token": register(client)["lookup_token"]}

    def code(address: str, **headers: str) -> int:
        return client.post(PRINT, json=sent, environ_base={"REMOTE_ADDR": address}, headers=headers).status_code

    assert [code(one) for one in ("127.0.0.1", "::1", "192.0.2.7", "2001:db8::7")] == [200] * 4
    assert [code(one) for one in ("192.0.2.8", "203.0.113.5")] == [404, 404]
    passed_on = {"X-Forwarded-For": "127.0.0.1"}
    assert code("127.0.0.1", **passed_on) == 404
    away = client.get(PRINT, environ_base={"REMOTE_ADDR": "192.0.2.8"})
    assert away.get_json() == {"available": False}


def test_repeated_printing_does_not_use_up_the_roll(terminal: FlaskClient) -> None:
    sent = {"lookup_token": register(terminal)["lookup_token"]}
    printer(terminal).trouble = "printer_gone"  # failed tries count too
    codes = [terminal.post(PRINT, json=sent).status_code for _ in range(61)]
    assert codes == [503] * 60 + [429]


def test_an_unknown_token_prints_nothing(terminal: FlaskClient) -> None:
    answer = terminal.post(PRINT, json={"lookup_token": "x" * 22})
    assert answer.get_json()["code"] == "case_not_found"
    assert printer(terminal).job == b""


class NetworkPrinter:
    """A printer on a socket: answers each status query about paper, records the rest."""

    def __init__(self, *answers: bytes) -> None:
        self.answers, self.received = list(answers), b""
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"network:127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        line, _ = self._door.accept()
        with line:
            while part := line.recv(65_536):
                for _ in range(part.count(b"\x10\x04\x04")):
                    if self.answers:
                        line.sendall(self.answers.pop(0))
                self.received += part.replace(b"\x10\x04\x04", b"")

    def done(self) -> bytes:
        self._thread.join(5)
        self._door.close()
        return self.received


@pytest.fixture
def receipt(terminal: FlaskClient) -> Receipt:
    ctx = terminal.application.extensions["kiosk"]
    return build_receipt(ctx, register(terminal)["lookup_token"])


def test_a_network_printer_with_paper_gets_the_whole_job(receipt: Receipt) -> None:
    device = NetworkPrinter(b"\x12", b"\x12")
    EscPosPrinter(device.address).print_receipt(receipt)
    assert read_code(picture_in(device.done())) == receipt.url


def test_a_printer_that_never_answers_about_paper_still_prints(receipt: Receipt) -> None:
    device = NetworkPrinter()
    EscPosPrinter(device.address).print_receipt(receipt)
    assert picture_in(device.done()).shape[1] == WIDTH


@pytest.mark.parametrize("answers", [(b"\x72",), (b"\x12", b"\x72")])
def test_paper_that_is_out_before_or_after_the_job_is_noticed(
    receipt: Receipt, answers: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_api.gateways.receipt_printer._ANSWER_WITHIN_S", 10.0)
    device = NetworkPrinter(*answers)
    with pytest.raises(PrinterTrouble, match="printer_paper_out"):
        EscPosPrinter(device.address).print_receipt(receipt)
    received = device.done()
    assert (received == b"") == (len(answers) == 1)
    if received:  # what did not fit on the roll must not be printed for the next person
        assert received.endswith(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\x1b@")


def test_the_state_of_the_paper_is_cached() -> None:
    device = NetworkPrinter(b"\x12", b"\x72")
    printer = EscPosPrinter(device.address)
    assert [printer.state() for _ in range(3)] == ["ok"] * 3
    assert len(device.answers) == 1


def test_a_missing_printer_is_reported_as_printer_gone(receipt: Receipt) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        closed = door.getsockname()[1]
    for address in (f"network:127.0.0.1:{closed}", "file:/dev/no-such-printer", "usb:dead:beef"):
        device = EscPosPrinter(address)
        assert device.state() == "printer_gone"
        with pytest.raises(PrinterTrouble, match="printer_gone"):
            device.print_receipt(receipt)


def test_a_job_is_never_written_into_an_ordinary_file(receipt: Receipt, tmp_path: Path) -> None:
    file = tmp_path / "spool"
    for exists in (False, True):
        if exists:
            file.write_bytes(b"")
        with pytest.raises(PrinterTrouble, match="printer_gone"):
            EscPosPrinter(f"file:{file}").print_receipt(receipt)
    assert file.read_bytes() == b""


def test_a_character_device_is_written_to(receipt: Receipt) -> None:
    EscPosPrinter("file:/dev/null").print_receipt(receipt)
    master, slave = os.openpty()
    assert EscPosPrinter(f"file:{os.ttyname(slave)}").state() == "ok"
    assert os.read(master, 3) == b"\x10\x04\x04"
    os.close(master)
    os.close(slave)


def test_a_missing_font_has_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(NoFont):
        find_font(str(tmp_path / "none.ttf"))
    file, index = find_font(None)
    assert Path(file).is_file()
    assert index >= 0


def test_settings_name_a_wrong_printer_or_terminal_before_anything_starts() -> None:
    for wrong in ("lp0", "file:/tmp/x", "usb:1:2", "network:host"):
        with pytest.raises(SettingsError, match="KIOSK_PRINTER"):
            Settings.from_env({"KIOSK_PRINTER": wrong})
    with pytest.raises(SettingsError, match="KIOSK_TERMINALS"):
        Settings.from_env({"KIOSK_TERMINALS": "192.0.2.7 hall-1"})
    assert isinstance(printer_at(None, None), NoPrinter)
    assert isinstance(printer_at("usb:04b8:0e15", None), EscPosPrinter)


def test_the_a4_copy_holds_the_whole_petition_and_only_the_last_digits_of_numbers(
    client: FlaskClient,
) -> None:
    stated = petition(
        representatives=[{"name": "孙一诺", "phone": "13800001234"}], reasons="夜里不许施工", place="江畔路8号"
    )
    stated["petitioner"]["id_number"] = "11010519491231002X"
    answer = client.post("/api/v1/petitions", json=stated, headers={"Idempotency-Key": "a4-copy-1"})
    token = answer.get_json()["lookup_token"]
    page = client.post("/receipt", data={"lookup_token": token, "paper": "a4"}).get_data(True)
    person = stated["petitioner"]
    for text in (
        person["name"],
        person["address"],
        stated["facts"],
        stated["request"],
        "夜里不许施工",
        "江畔路8号",
        "孙一诺",
        "*******1234",
        "**************002X",
        "*******5678",
        "信访人签名",
        "2026年3月17日",
        "<svg",
    ):
        assert text in page, text
    for number in (person["phone"], "13800001234", "11010519491231002X"):
        assert number not in page


def test_a_qr_code_found_later_gives_no_copy_with_name_and_address(
    client: FlaskClient,
) -> None:
    token = register(client)["lookup_token"]
    clock = client.application.extensions["kiosk"].clock
    clock.advance(timedelta(minutes=31))
    answer = client.post("/receipt", data={"lookup_token": token, "paper": "a4"})
    page = answer.get_data(True)
    assert answer.status_code == 409
    assert "带身份证到窗口" in page
    assert "钱多米" not in page
    assert client.post("/receipt", data={"lookup_token": token}).status_code == 200
