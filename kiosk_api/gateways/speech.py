"""Speech from this machine: a bureau's recordings, sentences that were spoken beforehand, the voice process, and
where none of them is, espeak-ng (Debian's package).

espeak-ng spells Chinese characters as English letters, so it is given pinyin; it is hard to follow and the last resort.

Nothing that is spoken is kept: the text goes in by a pipe, the sound comes back by a pipe, and
neither is cached, as it may be what somebody has typed.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import threading
from pathlib import Path
from typing import Protocol

import structlog
from pypinyin import Style, lazy_pinyin

from kiosk_api.domain.spoken import recording_name, spoken_parts
from kiosk_api.services.base.terminal_ports import Sound, SpeechUnavailable

PROGRAM = "espeak-ng"
RENDERED = Path(__file__).resolve().parents[2] / "var" / "voice" / "recordings"  # by `make voice`
_VOICES = {"zh": "cmn-latn-pinyin", "en": "en"}
_WORDS_A_MINUTE = {"zh": 140, "en": 150}  # slower than espeak's 175, for elderly listeners
_WITHIN_S, _WAIT_S = 15, 5
_AT_ONCE = 2  # one second of Chinese takes about 20 ms of one core
_MEDIA = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".ogg": "audio/ogg"}
_log = structlog.get_logger("speech")


class Voice(Protocol):
    """The voice process."""

    def says(self) -> bool: ...

    def say(self, text: str) -> bytes | None:
        """A WAV, or None."""
        ...


class LocalSpeech:
    """`recordings` and `rendered` are folders of files named by recording_name(), the former the bureau's own.

    `program` is for tests.
    """

    def __init__(
        self,
        recordings: Path | None = None,
        rendered: Path | None = None,
        *,
        voice: Voice | None = None,
        program: str = PROGRAM,
    ) -> None:
        self._folders = [one for one in (recordings, rendered) if one is not None]
        self._voice, self._program = voice, program
        self._room = threading.BoundedSemaphore(_AT_ONCE)

    def is_on(self) -> bool:
        """Whether there is a voice, or at least one recording."""
        return shutil.which(self._program) is not None or self._has_recordings() or self._voice_speaks()

    def say(self, text: str, language: str, part: int = 0) -> Sound:
        """Piece `part` of the text; only the voice process speaks in several. Raises SpeechUnavailable."""
        recorded = self._recording(text)
        if recorded is not None:
            return recorded
        pieces = spoken_parts(text)
        if language == "zh" and part < len(pieces) and (spoken := self._by_voice(pieces[part])):
            return Sound(spoken, "audio/wav", len(pieces))
        return Sound(self._by_program("".join(pieces[part:]), language), "audio/wav", part + 1)

    def _by_voice(self, text: str) -> bytes | None:
        return self._voice.say(text) if self._voice is not None and self._voice.says() else None

    def _voice_speaks(self) -> bool:
        return self._voice is not None and self._voice.says()

    def _by_program(self, text: str, language: str) -> bytes:
        program = shutil.which(self._program)
        if program is None:
            raise SpeechUnavailable("no speech program")
        if not self._room.acquire(timeout=_WAIT_S):
            raise SpeechUnavailable("busy")
        try:
            spoken = subprocess.run(  # noqa: S603 fixed arguments; the text goes in by stdin
                [program, "--stdin", "-b", "1", "-v", _VOICES[language],
                 "-s", str(_WORDS_A_MINUTE[language]), "--stdout"],
                input=(pinyin_of(text) if language == "zh" else text).encode(), capture_output=True, timeout=_WITHIN_S, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            # The exception holds the text, so only its class is passed on.
            _log.warning("speech_failed", error=type(error).__name__)
            raise SpeechUnavailable("the speech program failed") from None
        finally:
            self._room.release()
        return _with_length(spoken.stdout)

    def _recording(self, text: str) -> Sound | None:
        for folder in self._folders:
            for ending, media in _MEDIA.items():
                path = folder / (recording_name(text) + ending)
                if path.is_file():
                    return Sound(path.read_bytes(), media)
        return None

    def _has_recordings(self) -> bool:
        return any(
            folder.is_dir() and any(one.suffix in _MEDIA for one in folder.iterdir()) for folder in self._folders
        )


def pinyin_of(text: str) -> str:
    """Syllables with the numbers of their tones, as espeak-ng's voice for pinyin takes them; other signs stay."""
    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False))


def _with_length(wave: bytes) -> bytes:
    """The WAV with its true lengths: espeak writes to a pipe and cannot know them beforehand."""
    place = wave.find(b"data", 12)
    if not wave.startswith(b"RIFF") or place < 0:
        raise SpeechUnavailable("no sound")
    sound = wave[place + 8 :]
    head = b"RIFF" + struct.pack("<I", place + len(sound)) + wave[8:place]
    return head + b"data" + struct.pack("<I", len(sound)) + sound
