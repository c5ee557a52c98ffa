"""Fixed sentences spoken beforehand: found by the API under their names, and spoken once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kiosk_api.gateways.speech import LocalSpeech
from kiosk_api.services.base.terminal_ports import SpeechUnavailable
from tests.voice.running import PYTHON, ROOT

FIXED = "请坐。"


def render(folder: Path, *lines: str) -> str:
    done = subprocess.run(
        [PYTHON, "-m", "voice.render", "--workers", "1", "--to", str(folder)],
        input="\n".join(lines), cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_a_rendered_sentence_is_played_and_not_spoken_again(tmp_path: Path) -> None:
    assert render(tmp_path, f"name\t{FIXED}", f"other\t{FIXED}", "……").startswith("2 sentences")
    (made,) = tmp_path.glob("*.mp3")
    sound = LocalSpeech(None, tmp_path, program="no-such-speech-program").say(FIXED, "zh")
    assert (sound.data, sound.media, sound.parts) == (made.read_bytes(), "audio/mpeg", 1)
    assert len(sound.data) > 2_000 and sound.data[:1] in (b"\xff", b"I")  # a frame, or the tags before it
    before = made.stat().st_mtime_ns
    assert render(tmp_path, FIXED).startswith("0 sentences") and made.stat().st_mtime_ns == before
    assert not list(tmp_path.glob("*.half"))
    with pytest.raises(SpeechUnavailable):
        LocalSpeech(None, tmp_path, program="no-such-speech-program").say("没有说过。", "zh")
