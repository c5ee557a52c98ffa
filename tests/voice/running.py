"""The voice process as it runs, and sound for it."""

from __future__ import annotations

import io
import os
import subprocess
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from tests.ports import reserved
from tests.waiting import wait_for
from voice.sound import HEARD_AT, to_wav

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv/voice/bin/python"
ALL = {"says": True, "hears": True, "cards": True}


@contextmanager
def voice_process(log: Path, parts: dict[str, bool] = ALL) -> Iterator[httpx.Client]:
    """A client of a process that has loaded `parts`; `make voice-install` must have run."""
    assert PYTHON.is_file(), "run make voice-install"
    with reserved("voice") as ports, log.open("wb") as out:
        env = os.environ | {
            "VOICE_PORT": str(ports["voice"]), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        }  # fmt: skip
        process = subprocess.Popen([PYTHON, "-m", "voice.serve"], cwd=ROOT, env=env, stdout=out, stderr=out)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{ports['voice']}", timeout=120) as client:

                def loaded() -> bool:
                    assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
                    try:
                        return bool(client.get("/health").json() == parts)
                    except httpx.TransportError:
                        return False

                wait_for(loaded)
                yield client
        finally:
            process.kill()
            process.wait()


def spoken(client: httpx.Client, text: str, **how: Any) -> bytes:
    """The text as a WAV of 24 kHz."""
    answer = client.post("/say", json={"text": text, **how})
    assert answer.status_code == 200, answer.status_code
    return answer.content


def for_hearing(wav: bytes) -> bytes:
    """A WAV of any rate as one of 16 kHz."""
    with wave.open(io.BytesIO(wav)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    places = np.arange(int(len(samples) * HEARD_AT / rate)) * (rate / HEARD_AT)
    return to_wav(np.interp(places, np.arange(len(samples)), samples).astype(np.float32), HEARD_AT)


def heard(client: httpx.Client, wav: bytes, kind: str = "words") -> dict[str, Any]:
    """What the process makes of it."""
    answer = client.post(
        "/hear", params={"kind": kind}, content=for_hearing(wav), headers={"Content-Type": "audio/wav"}
    )
    assert answer.status_code == 200, answer.status_code
    return dict(answer.json())
