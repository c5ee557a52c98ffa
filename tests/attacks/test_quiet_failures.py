"""Only fields known to be harmless are logged, and no failure logs content."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from tests.attacks.canaries import EVERYTHING, found_in

ROOT = Path(__file__).resolve().parents[2]
API = "from kiosk_api import logs; logs.configure_logging(); logs.keep_failures_quiet()"
BOT = "import logging; from bot import quiet_logs; quiet_logs.install(); logging.basicConfig()"
PERSONAL = (
    "name", "phone", "address", "id_number", "text", "message", "facts", "request", "question",
    "answer", "draft", "data", "value", "detail", "case_number", "session_id", "lookup_token",
    "resume_code", "token", "password", "username", "code", "source", "path", "url", "exc_info",
    "exception", "stack_info", "positional_args",
)  # fmt: skip
SPEAKS = f"""
import structlog
from kiosk_api import logs
logs.configure_logging()
said = {EVERYTHING!r}
log = structlog.get_logger("outbox")
try:
    raise KeyError(said)
except KeyError:
    log.warning("message_failed", topic="case_moved", **dict.fromkeys({PERSONAL!r}, said))
"""
FAILS = {
    "thread": "one = threading.Thread(target=fail); one.start(); one.join()",
    "end of an object": "Ends()",
    "warning": "warnings.warn(said)",
    "nobody caught it": "fail()",
    "log of a library": "logging.getLogger('any.library').error('%s', said)",
}
FAILING = f"""
import logging, sys, threading, warnings
{{setup}}
said = {EVERYTHING!r}
def fail(): raise LookupError(said)
class Ends:
    def __del__(self): fail()
{{fails}}
"""
SERVES = f"""
import os, sys
from kiosk_api import app, serve_api

def create_app(_settings):
    print(oct(os.umask(0o077)))
    raise LookupError({EVERYTHING!r})

app.create_app = create_app
serve_api.main()
"""
COMMAND = f"""
import runpy, sys
from kiosk_api import config

def from_env(*_):
    raise LookupError({EVERYTHING!r})

config.Settings.from_env = from_env
sys.argv = ["cli", "list-keys"]
runpy.run_module("kiosk_api.cli", run_name="__main__")
"""


def run(python: str, script: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [str(ROOT / f".venv/{python}/bin/python"), "-c", script], cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env}, capture_output=True, check=False,
        timeout=120,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert not found_in(said), said[-600:].decode(errors="replace")
    return done


def test_a_field_that_is_not_on_the_list_is_not_written() -> None:
    done = run("test", SPEAKS)
    (line,) = done.stderr.decode().splitlines()
    written = json.loads(line)
    assert set(written) == {"event", "level", "timestamp", "topic"}
    assert (written["event"], written["topic"]) == ("message_failed", "case_moved")


@pytest.mark.parametrize("way", sorted(FAILS))
@pytest.mark.parametrize(("python", "setup"), [("test", API), ("bot", BOT)], ids=["api", "bot"])
def test_each_failure_logs_the_place_and_no_content(python: str, setup: str, way: str) -> None:
    done = run(python, FAILING.format(setup=setup, fails=FAILS[way]))
    assert done.returncode == (1 if way == "nobody caught it" else 0)
    kept = b"(<string>:" if "log" in way else b"(warnings.py:" if way == "warning" else b"LookupError"
    assert kept in done.stderr


def test_the_server_sets_up_logging_and_file_rights_before_it_loads_anything(
    tmp_path: Path,
) -> None:
    migrate(make_engine(f"sqlite:///{tmp_path}/kiosk.db"))
    done = run("test", SERVES, KIOSK_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout.split() == [b"0o77"]
    assert b"uncaught LookupError" in done.stderr


def test_a_failing_command_prints_no_content(tmp_path: Path) -> None:
    done = run("test", COMMAND, KIOSK_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert b"uncaught LookupError" in done.stderr
