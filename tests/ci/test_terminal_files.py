"""The files a bureau installs on a terminal: they parse, they lock the browser, and the script starts it."""

from __future__ import annotations

import configparser
import http.server
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browsers import whole_chromium_path

KIOSK = Path(__file__).resolve().parents[2] / "kiosk"
POLICY = json.loads((KIOSK / "chromium-policy.json").read_text(encoding="utf-8"))
SCRIPTS = ("start-terminal.sh", "watchdog.sh")


def unit(name: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string((KIOSK / name).read_text(encoding="utf-8"))
    return parsed


@pytest.fixture
def server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A server that records its requests."""
    requests: list[tuple[str, str]] = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append((self.path, self.headers.get("Accept-Language", "")))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>t</title>ok")

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}/", requests
    running.shutdown()
    running.server_close()


def test_the_browser_opens_our_own_origin_and_nothing_else() -> None:
    assert POLICY["URLBlocklist"] == ["*"]
    allowed = [urlsplit(one) for one in POLICY["URLAllowlist"]]
    assert [(one.scheme, one.hostname, one.port) for one in allowed] == [("http", "127.0.0.1", 8000)]
    origins = {
        one
        for value in POLICY.values()
        if isinstance(value, str | list)
        for one in ([value] if isinstance(value, str) else value)
        if "://" in one
    }
    assert {one.rstrip("/") for one in origins} == {"http://127.0.0.1:8000"}


def test_the_policy_stores_nothing_and_allows_no_other_site() -> None:
    assert POLICY["DownloadRestrictions"] == 3
    assert POLICY["DeveloperToolsAvailability"] == 2
    assert POLICY["ExtensionInstallBlocklist"] == ["*"]
    for name in (
        "AutofillAddressEnabled",
        "AutofillCreditCardEnabled",
        "PasswordManagerEnabled",
        "TranslateEnabled",
        "SearchSuggestEnabled",
    ):
        assert POLICY[name] is False, name


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_executable_and_parse(name: str) -> None:
    assert os.access(KIOSK / name, os.X_OK)
    subprocess.run(["bash", "-n", KIOSK / name], check=True)


@pytest.mark.parametrize("name", ["kiosk.service", "petition.service"])
def test_screen_and_server_are_always_restarted(name: str) -> None:
    assert unit(name)["Service"]["Restart"] == "always"
    assert unit(name)["Install"]["WantedBy"]


def test_units_start_existing_files_and_the_timer_has_its_service() -> None:
    for name in ("kiosk.service", "watchdog.service"):
        started = unit(name)["Service"]["ExecStart"].split()[-1]
        assert (KIOSK / Path(started).name).is_file()
        assert started.startswith("/opt/petition/kiosk/")
    assert int(unit("watchdog.timer")["Timer"]["OnUnitActiveSec"]) <= 30


def test_a_stick_can_be_read_and_nothing_else() -> None:
    rule = (KIOSK / "stick.rules").read_text(encoding="utf-8")
    assert {"ro", "noexec", "nosuid", "nodev"} <= set(rule.split("--options=")[1].split()[0].split(","))


def test_the_script_starts_the_real_browser_and_leaves_no_profile(
    server: tuple[str, list[tuple[str, str]]], tmp_path: Path
) -> None:
    url, requests = server
    env = {
        **os.environ, "KIOSK_URL": url, "KIOSK_BROWSER": whole_chromium_path(),
        "KIOSK_PROFILES": str(tmp_path), "KIOSK_FLAGS": "--headless --no-sandbox --disable-gpu",
    }  # fmt: skip
    terminal = subprocess.Popen(
        ["bash", KIOSK / "start-terminal.sh"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 300
    while "/" not in [path for path, _ in requests] and time.monotonic() < end:
        assert terminal.poll() is None
        time.sleep(0.1)
    languages = dict(requests)
    profiles = list(tmp_path.iterdir())
    terminal.send_signal(signal.SIGTERM)
    terminal.wait(120)
    assert languages["/healthz"] == ""  # waited for the server first
    assert languages["/"].startswith("zh-CN")
    assert len(profiles) == 1 and profiles[0].name.startswith("terminal.")
    assert list(tmp_path.iterdir()) == []


def test_the_watchdog_restarts_the_server_after_three_failures_and_a_dead_screen_at_once(
    server: tuple[str, list[tuple[str, str]]], tmp_path: Path
) -> None:
    log, state, alive, started = (tmp_path / one for one in ("log", "state", "alive", "started"))
    state.mkdir()
    alive.touch()
    started.write_text("0\n")  # microseconds after the machine was switched on
    fake = tmp_path / "systemctl"
    fake.write_text(
        f'#!/bin/sh\n[ "$1" = is-active ] && {{ test -e {alive}; exit; }}\n'
        f'[ "$1" = show ] && {{ cat {started}; exit; }}\necho "$@" >>{log}\n'
    )
    fake.chmod(0o755)

    def look(url: str) -> list[str]:
        subprocess.run(
            [shutil.which("bash") or "bash", KIOSK / "watchdog.sh"],
            check=True,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "KIOSK_URL": url,
                "KIOSK_STATE": str(state),
                "SYSTEMCTL": str(fake),
                "KIOSK_STARTING_S": "10",
            },
        )
        return log.read_text().splitlines() if log.exists() else []

    dead, live = "http://127.0.0.1:9/", server[0]
    assert look(dead) == look(dead) == []
    assert look(live) == []  # an answer resets the count
    assert look(dead) == look(dead) == []
    started.write_text(f"{int((time.clock_gettime(time.CLOCK_BOOTTIME) + 3) * 1_000_000)}\n")
    assert look(dead) == []  # just started: it may be training
    started.write_text("0\n")
    assert look(dead) == ["restart petition.service"]
    alive.unlink()
    assert look(live)[1:] == ["restart kiosk.service"]
