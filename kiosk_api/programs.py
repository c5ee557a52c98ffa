"""The processes that the supervisor keeps alive: their commands, environments and addresses."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import fields
from pathlib import Path

from kiosk_api.config import Settings
from kiosk_api.config_channels import ChannelSettings
from kiosk_api.standby import LISTEN_FD
from kiosk_api.supervised import Part

ROOT = Path(__file__).resolve().parent.parent
VOICE_MODEL = ROOT / "var" / "voice" / "kokoro.onnx"  # there once `make voice-install` has run
MODEL_POINTER = ROOT / "var" / "models" / "current.json"
# The assistant holds no key and no password: what it does not need is not in its environment.
NOT_FOR_THE_BOT = (
    "KIOSK_DATABASE_URL", *(name for one in fields(ChannelSettings) for name in (one.name.upper(), f"{one.name.upper()}_FILE")),
)  # fmt: skip


def parts(settings: Settings, api_socket: socket.socket) -> list[Part]:
    """The processes in the order in which they are started; `api_socket` is the API's listening socket."""
    rasa_port = os.environ.get("RASA_PORT", "5005")
    actions_port = os.environ.get("ACTIONS_PORT", "5055")
    bot_python = ROOT / ".venv/bot/bin/python"
    kiosk_url = f"http://{reachable(settings.host)}:{settings.port}"
    shared = {
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    bot = {
        **shared,
        **dict.fromkeys(NOT_FOR_THE_BOT, ""),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_INTRA_OP_PARALLELISM_THREADS": "1",
        "TF_INTER_OP_PARALLELISM_THREADS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "KIOSK_API_URL": kiosk_url,
        "BOT_KEY_FILE": str(settings.data_dir / "keys" / "bot_key"),
        "ACTIONS_PORT": actions_port,
        "ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
    }
    api = [sys.executable, "-m", "kiosk_api.serve_api"]
    worker = [sys.executable, "-m", "kiosk_api.cli", "worker"]
    rasa = [
        str(bot_python), "-m", "bot.serve_rasa", "run", "--model", "var/models", "--endpoints",
        "bot/endpoints.yml", "--credentials", "bot/credentials.yml", "-i", "127.0.0.1",
        "-p", rasa_port, "--quiet",
    ]  # fmt: skip
    number = api_socket.fileno()
    voice_python = ROOT / ".venv/voice/bin/python"
    is_installed = voice_python.is_file() and VOICE_MODEL.is_file() and os.environ.get("KIOSK_VOICE", "on") != "off"
    voice = {**shared, **dict.fromkeys(NOT_FOR_THE_BOT, ""), "VOICE_PORT": settings.voice_url.rpartition(":")[2]}
    return [
        Part("api", api, f"{kiosk_url}/healthz", {**shared, LISTEN_FD: str(number)},
             keep=(number,)),
        Part("worker", worker, None, shared, beats=True),
        Part("actions", [str(bot_python), "-m", "bot.serve_actions"],
             f"http://127.0.0.1:{actions_port}/health", bot),
        Part("rasa", rasa, f"http://127.0.0.1:{rasa_port}/", bot, MODEL_POINTER),
        *([Part("voice", [str(voice_python), "-m", "voice.serve"], f"{settings.voice_url}/health", voice, is_needed=False)]
          if is_installed else []),
    ]  # fmt: skip


def reachable(host: str) -> str:
    """The address at which this machine reaches a server that listens on `host`."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound  # nosec B104
