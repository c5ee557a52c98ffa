"""The supervisor starts the voice where it is installed and wanted, and neither waits for it nor gives it a key."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from kiosk_api import programs
from kiosk_api.config import Settings
from kiosk_api.supervised import Part


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The model file of a program folder in which the voice is installed."""
    python, model = tmp_path / ".venv/voice/bin/python", tmp_path / "var/voice/kokoro.onnx"
    for one in (python, model):
        one.parent.mkdir(parents=True)
        one.touch()
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    monkeypatch.setattr(programs, "VOICE_MODEL", model)
    monkeypatch.setenv("KIOSK_VOICE", "on")
    return model


def voice(folder: Path) -> Part | None:
    with socket.socket() as listening:
        settings = Settings.from_env({"KIOSK_DATA_DIR": str(folder), "VOICE_PORT": "5999"})
        return next((one for one in programs.parts(settings, listening) if one.name == "voice"), None)


def test_it_is_started_on_its_port_without_keys_and_nobody_waits_for_it(installed: Path, tmp_path: Path) -> None:
    part = voice(tmp_path)
    assert part is not None and not part.is_needed
    assert part.ready_url == "http://127.0.0.1:5999/health" and part.env["VOICE_PORT"] == "5999"
    assert {part.env[name] for name in programs.NOT_FOR_THE_BOT} == {""}


def test_without_its_model_or_switched_off_it_is_not_started(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_VOICE", "off")
    assert voice(tmp_path) is None
    monkeypatch.setenv("KIOSK_VOICE", "on")
    installed.unlink()
    assert voice(tmp_path) is None
