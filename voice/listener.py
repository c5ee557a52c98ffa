"""Mandarin recognised: Whisper base (OpenAI, MIT), int8, by faster-whisper on one thread.

A piece of sound costs about a second of one core, however short it is: the model looks at 30 seconds at a time.
Where nobody speaks it invents sentences, so silence is not given to it, and what it doubts itself is left out.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np

from voice import models
from voice.sound import HEARD_AT, Samples

os.environ["HF_HUB_OFFLINE"] = "1"  # before the import: nothing is ever fetched
from faster_whisper import WhisperModel  # noqa: E402

PROMPT = "以下是普通话的句子。"
"""In simplified characters; words of the trade in it made recognition worse."""
_FRAME = HEARD_AT // 50
_QUIET = 0.004  # RMS of a frame: about -48 dB of full scale
_LEAST_FRAMES = 6  # 120 ms of sound above it
_LOUDEST = 0.5
_NO_SPEECH, _UNSURE = 0.6, -1.0  # the limits of Whisper's own decoder


class Listener:
    """Loads the model at once; some 350 MB. One piece at a time."""

    def __init__(self, model: Path = models.WHISPER) -> None:
        self._model = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1, num_workers=1)
        self._lock = threading.Lock()

    def hear(self, samples: Samples) -> str:
        """What was said, as the model writes it; "" when nobody spoke. `samples` at 16 kHz, at most 30 seconds."""
        if not _is_loud_enough(samples):
            return ""
        peak = float(np.abs(samples).max())
        with self._lock:
            found, _ = self._model.transcribe(
                samples * (_LOUDEST / peak), language="zh", beam_size=5, initial_prompt=PROMPT,
                condition_on_previous_text=False, without_timestamps=True,
            )  # fmt: skip
            return "".join(
                one.text for one in found if not (one.no_speech_prob > _NO_SPEECH and one.avg_logprob < _UNSURE)
            ).strip()


def _is_loud_enough(samples: Samples) -> bool:
    whole = samples[: len(samples) // _FRAME * _FRAME]
    if not len(whole):
        return False
    loud = np.sqrt(np.mean(whole.reshape(-1, _FRAME) ** 2, axis=1))
    return int((loud > _QUIET).sum()) >= _LEAST_FRAMES
