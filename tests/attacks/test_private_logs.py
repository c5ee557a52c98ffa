"""Log files are private, bounded and without text; one sentence gives the reason of a refused start."""

from __future__ import annotations

import logging
import os
import subprocess
from pathlib import Path

import pytest

from kiosk_api import cli, logs, private_files
from kiosk_api.domain.errors import StartRefused
from kiosk_api.domain.policy import RECEIPT_WORDS_FOR
from kiosk_api.gateways.receipt_picture import _lines
from kiosk_api.gateways.windows_file import WindowsFile
from kiosk_api.services.base.records import CaseFilter
from kiosk_api.services.cases.receipts import build_receipt
from tests.attacks.canaries import EVERYTHING, NAME, PHONE, found_in
from tests.factories import fresh_app, petition

ROOT = Path(__file__).resolve().parents[2]
SPEAKS = f"""
import asyncio, logging, sys, threading, time, warnings
{{setup}}
said = {EVERYTHING!r}
log = logging.getLogger("any.library")
log.error(said); log.warning("handling %s", said); log.error("%r", {{{{"text": said}}}}, stack_info=True)
try:
    try: int(said)
    except ValueError as first: raise RuntimeError(f"while reading {{{{said}}}}") from first
except RuntimeError: log.exception("failed for '%s'", said)
warnings.warn(said)
async def turn(text): time.sleep(0.2)
async def lost(): asyncio.get_running_loop().create_task(fails()); await asyncio.sleep(0.05)
async def fails(): raise KeyError(said)
asyncio.run(turn(said), debug=True)
asyncio.run(lost())
def thread(): raise KeyError(said)
one = threading.Thread(target=thread); one.start(); one.join()
raise SystemError(said)
"""
BOT = """
from bot import quiet_logs
quiet_logs.install(); logging.basicConfig(level=logging.DEBUG)
from rasa.utils.log_utils import configure_structlog
import structlog
configure_structlog(10)
structlog.get_logger("rasa.core").error("rest.message.received.failure", text="欧阳晓燕")
"""
API = "from kiosk_api import logs; logs.configure_logging(); logs.keep_failures_quiet()"


@pytest.mark.parametrize(("python", "setup"), [("test", API), ("bot", BOT)])
def test_no_way_of_writing_a_log_writes_text(python: str, setup: str) -> None:
    done = subprocess.run(
        [str(ROOT / f".venv/{python}/bin/python"), "-c", SPEAKS.format(setup=setup)], cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert not found_in(said), said[-600:].decode()
    for kept in (b"RuntimeError", b"ValueError", b"KeyError", b"SystemError", b"<string>:"):
        assert kept in said


def test_the_sentence_of_a_refused_start_is_kept() -> None:
    refused = StartRefused("钥匙不见了")
    record = logs._record("server", logging.ERROR, "a.py", 1, "Exception in worker process", (),
                          (StartRefused, refused, None))  # fmt: skip
    assert record.getMessage() == "钥匙不见了"


def test_everything_in_the_data_folder_becomes_private(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        data = tmp_path / "var"
        (data / "log").mkdir(parents=True)
        for name in ("kiosk.db", "kiosk.db-wal", "log/rasa.log"):
            (data / name).write_bytes(b"x")
        private_files.make_private(data)
        with private_files.open_log(data / "log" / "api.log") as log:
            log.write(b"line\n")
        (data / "later").touch()
        assert [path for path in (data, *data.rglob("*")) if path.stat().st_mode & 0o077] == []
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o1777)
        private_files.make_private(shared)
        assert shared.stat().st_mode & 0o7777 == 0o1777
    finally:
        os.umask(before)


def test_a_log_is_bounded_while_its_writer_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_files, "LOG_MOST", 1000)
    path = tmp_path / "log" / "api.log"
    with private_files.open_log(path) as log:
        for number in range(100):
            log.write(f"line {number} {'x' * 50}\n".encode())
            log.flush()
            private_files.bound_log(path)
    total = sum(one.stat().st_size for one in path.parent.iterdir())
    assert total <= 2 * 1100
    assert b"line 99" in path.read_bytes() + path.with_name("api.log.1").read_bytes()
    assert path.with_name("api.log.1").stat().st_mode & 0o077 == 0


def test_the_demonstration_refuses_a_store_in_use_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = fresh_app(tmp_path)
    app.test_client().post("/api/v1/petitions", json=petition(), headers={"Idempotency-Key": "demo-0001"})
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path))
    assert cli.main(["demo"]) == 1
    assert "KIOSK_DATA_DIR" in capsys.readouterr().err
    with app.extensions["kiosk"].store.read() as records:
        assert records.cases.count(CaseFilter()) == 1


@pytest.mark.parametrize("content", ["[[window]\nkey = 1", "", "[[window]]\nkey = 'court'", "\udcff"])
def test_a_broken_windows_file_is_one_line_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    handbook = tmp_path / "handbook"
    handbook.mkdir()
    (handbook / "windows.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    monkeypatch.setenv("KIOSK_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("KIOSK_HANDBOOK_DIR", str(handbook))
    assert cli.main(["list-keys"]) == 2
    said = capsys.readouterr().err.strip()
    assert "windows.toml" in said and "改好" in said and "\n" not in said


def test_a_running_service_loads_a_correct_windows_file_and_ignores_a_faulty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_api.gateways.windows_file.CHECK_EVERY_S", -1.0)
    path = tmp_path / "windows.toml"
    good = (ROOT / "handbook" / "windows.toml").read_text(encoding="utf-8")
    path.write_text(good, encoding="utf-8")
    rooms = WindowsFile(path)
    shown, first = rooms.windows, rooms.windows[0].label
    for number, (content, label) in enumerate((
        (good.replace(first, "新的窗口名"), "新的窗口名"), ("[[window]", "新的窗口名"),
        (good, first),
    )):  # fmt: skip
        path.write_text(content, encoding="utf-8")
        os.utime(path, (number + 1, number + 1))
        rooms.refresh()
        assert shown[0].label == label


def test_a_receipt_stops_repeating_the_petition_after_some_days(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    client, clock = app.test_client(), app.extensions["kiosk"].clock
    body = petition(petitioner={**petition()["petitioner"], "name": NAME, "phone": PHONE},
                    facts=EVERYTHING)  # fmt: skip
    answer = client.post("/api/v1/petitions", json=body, headers={"Idempotency-Key": "words-0001"})
    token = {"lookup_token": answer.get_json()["lookup_token"]}
    assert client.post("/api/v1/receipts", json=token).get_json()["facts"] == EVERYTHING
    clock.advance(RECEIPT_WORDS_FOR)
    assert found_in(client.post("/receipt", data=token).data)
    clock.advance(RECEIPT_WORDS_FOR / 100)
    later = client.post("/api/v1/receipts", json=token)
    assert later.status_code == 200 and not found_in(later.data)
    page = client.post("/receipt", data=token)
    assert page.status_code == 200 and not found_in(page.data)
    assert "带身份证到窗口" in page.get_data(as_text=True)
    assert not found_in(repr(list(_lines(build_receipt(app.extensions["kiosk"], token["lookup_token"])))).encode())
