"""Speech from this machine: a bureau's recordings first, else espeak-ng (Debian's package).

Nothing that is spoken is kept: the text goes in by a pipe, the sound comes back by a pipe, and
neither is cached, as it may be what somebody has typed.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import threading
from pathlib import Path

import structlog

from kiosk_api.domain.spoken import recording_name
from kiosk_api.services.base.terminal_ports import SpeechUnavailable

PROGRAM = "espeak-ng"
_VOICES = {"zh": "cmn", "en": "en"}
_WORDS_A_MINUTE = {"zh": 140, "en": 150}  # slower than espeak's 175, for elderly listeners
_WITHIN_S, _WAIT_S = 15, 5
_AT_ONCE = 2  # one second of Chinese takes about 20 ms of one core
_MEDIA = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".ogg": "audio/ogg"}
_log = structlog.get_logger("speech")


class LocalSpeech:
    """`recordings` is a folder of files named by recording_name(); `program` is for tests."""

    def __init__(self, recordings: Path | None = None, program: str = PROGRAM) -> None:
        self._recordings, self._program = recordings, program
        self._room = threading.BoundedSemaphore(_AT_ONCE)

    def is_on(self) -> bool:
        """Whether there is a voice, or at least one recording."""
        return shutil.which(self._program) is not None or self._has_recordings()

    def say(self, text: str, language: str) -> tuple[bytes, str]:
        """Sound and its media type. Raises SpeechUnavailable."""
        recorded = self._recording(text)
        if recorded is not None:
            return recorded
        program = shutil.which(self._program)
        if program is None:
            raise SpeechUnavailable("no speech program")
        if not self._room.acquire(timeout=_WAIT_S):
            raise SpeechUnavailable("busy")
        try:
            spoken = subprocess.run(  # noqa: S603 fixed arguments; the text goes in by stdin
                [program, "--stdin", "-b", "1", "-v", _VOICES[language],
                 "-s", str(_WORDS_A_MINUTE[language]), "--stdout"],
                input=text.encode(), capture_output=True, timeout=_WITHIN_S, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            # The exception holds the text, so only its class is passed on.
            _log.warning("speech_failed", error=type(error).__name__)
            raise SpeechUnavailable("the speech program failed") from None
        finally:
            self._room.release()
        return _with_length(spoken.stdout), "audio/wav"

    def _recording(self, text: str) -> tuple[bytes, str] | None:
        if self._recordings is None:
            return None
        for ending, media in _MEDIA.items():
            path = self._recordings / (recording_name(text) + ending)
            if path.is_file():
                return path.read_bytes(), media
        return None

    def _has_recordings(self) -> bool:
        folder = self._recordings
        return folder is not None and folder.is_dir() and any(one.suffix in _MEDIA for one in folder.iterdir())


def _with_length(wave: bytes) -> bytes:
    """The WAV with its true lengths: espeak writes to a pipe and cannot know them beforehand."""
    place = wave.find(b"data", 12)
    if not wave.startswith(b"RIFF") or place < 0:
        raise SpeechUnavailable("no sound")
    sound = wave[place + 8 :]
    head = b"RIFF" + struct.pack("<I", place + len(sound)) + wave[8:place]
    return head + b"data" + struct.pack("<I", len(sound)) + sound
