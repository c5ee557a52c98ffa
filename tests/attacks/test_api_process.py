"""The API's own process, without the rest: private files, failures without content, graceful shutdown."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

from kiosk_api.config import Settings
from kiosk_api.persistence.database import make_engine
from kiosk_api.persistence.migrate import migrate
from kiosk_api.serve_api import limits_for
from kiosk_api.standby import LISTEN_FD
from tests.attacks.server import WAIT_S
from tests.ports import reserved
from tests.stack import ROOT


def start(folder: Path, env: Mapping[str, str], keep: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Started as by a shell on a store that is there, with a umask that lets everybody read new files."""
    migrate(make_engine(f"sqlite:///{folder}/kiosk.db"))
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk_api.serve_api"], cwd=ROOT, umask=0o022,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KIOSK_DATA_DIR": str(folder), **env},
        stderr=subprocess.PIPE, pass_fds=keep,
    )  # fmt: skip


def test_the_process_keeps_its_files_private_and_shuts_down_gracefully(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door, reserved("RASA_PORT") as away:
        number = door.fileno()
        process = start(tmp_path, {LISTEN_FD: str(number), "RASA_PORT": str(away["RASA_PORT"])},
                        keep=(number,))  # fmt: skip
        url = f"http://127.0.0.1:{door.getsockname()[1]}/healthz"
        assert httpx.get(url, timeout=WAIT_S, trust_env=False).status_code == 200
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        assert "Umask:\t0077" in status
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=WAIT_S)
    assert process.returncode == 0


def test_a_refused_start_gives_instructions(tmp_path: Path) -> None:
    process = start(tmp_path, {"KIOSK_HANDBOOK_DIR": str(tmp_path)})
    said = process.communicate(timeout=WAIT_S)[1].decode()
    assert process.returncode == 2
    assert "请改好再启动" in said and "windows.toml" in said


def test_a_store_that_is_not_there_is_named_without_its_place(tmp_path: Path) -> None:
    process = start(tmp_path, {"KIOSK_DATABASE_URL": "sqlite:////proc/青石巷/kiosk.db"})
    said = process.communicate(timeout=WAIT_S)[1].decode()
    assert process.returncode == 2
    assert "migrate" in said
    assert "青石巷" not in said


def test_our_own_proxies_are_exempt_in_the_real_process() -> None:
    limits = limits_for(Settings.from_env({"KIOSK_TRUSTED_PROXIES": "192.0.2.0/24"}))
    assert limits.is_exempt("192.0.2.7")
    assert not limits.is_exempt("198.51.100.1")
