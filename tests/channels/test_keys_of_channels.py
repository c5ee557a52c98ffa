"""The keys of the messengers reach the processes that need them, and not the assistant's."""

from __future__ import annotations

import socket

import pytest

from kiosk_api.config import Settings
from kiosk_api.programs import parts
from tests.channels.fake_wechat import environment

SECRETS = {**environment("https://api.example"), "TWILIO_AUTH_TOKEN": "invented", "SMS_GATEWAY_SECRET": "invented",
           "WECHAT_APP_SECRET_FILE": "/etc/petition/secret", "KIOSK_DATABASE_URL": "postgresql://a:b@c/d"}  # fmt: skip


def test_the_assistants_processes_start_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with socket.socket() as door:
        found = {one.name: one.environment() for one in parts(Settings.from_env({}), door)}
    assert set(found) == {"api", "worker", "actions", "rasa", "voice"}
    for name, value in SECRETS.items():
        assert found["api"][name] == found["worker"][name] == value
        assert not any(found[one].get(name) for one in ("actions", "rasa", "voice")), name
