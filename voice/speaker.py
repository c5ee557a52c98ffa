"""A Mandarin voice: Kokoro-82M (hexgrad, Apache-2.0), int8, by ONNX Runtime on one thread.

Inputs of the model: `tokens` [1, n] is 0, the ids of the sound signs, 0; `style` [1, 256] is the row of the voice for
that number of signs; `speed` [1]. It gives samples at 24 kHz.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import onnxruntime

from voice import models, readings
from voice.reading import as_read
from voice.sound import Samples

RATE = 24_000
VOICE = "zf_xiaoxiao"
SPEED = 0.9  # slower than the model's own pace, for elderly listeners
LONGEST = 600  # characters of one text
_SIGNS_MOST = 400  # of one run of the model, which takes 510; the voice is best with short ones
_PAUSE_S = 0.25
_PIECE = re.compile(r"[^。！？；!?;\n]{0,120}[。！？；!?;\n]?")
_SAID = re.compile("[\u4e00-\u9fff]")
_HALF = re.compile(r"[^，,、：:]{1,40}[，,、：:]?")


class Speaker:
    """Loads the model and the dictionaries at once; some 400 MB. One sentence at a time."""

    def __init__(self, model: Path = models.KOKORO, voices: Path = models.VOICES) -> None:
        jieba.setLogLevel(logging.WARNING)
        from misaki.zh import ZHG2P  # the one module of the package that is loaded

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._signs: dict[str, int] = json.loads((Path(__file__).parent / "kokoro_symbols.json").read_text("utf-8"))
        self._voices: dict[str, Any] = {
            name: np.fromfile(voices / f"{name}.bin", np.float32).reshape(-1, 1, 256) for name in models.VOICE_FILES
        }
        self._to_signs = ZHG2P()
        self._lock = threading.Lock()
        readings.prepare()
        jieba.initialize()

    def say(self, text: str, voice: str = VOICE, speed: float = SPEED) -> Samples:
        """`text`, at most LONGEST characters, at 24 kHz; empty when nothing in it can be said."""
        pause = np.zeros(int(_PAUSE_S * RATE), np.float32)
        parts: list[Samples] = []
        for piece in _pieces(as_read(text[:LONGEST])):
            if ids := self._ids(piece):
                parts += [self._run(ids, voice, speed), pause]
        return np.concatenate(parts[:-1]) if parts else np.zeros(0, np.float32)

    def _run(self, ids: list[int], voice: str, speed: float) -> Samples:
        names = [one.name for one in self._session.get_inputs()]
        style = self._voices[voice][len(ids)]
        given = (np.array([[0, *ids, 0]], np.int64), style, np.array([speed], np.float32))
        with self._lock:
            (samples,) = self._session.run(None, dict(zip(names, given, strict=True)))[:1]
        return np.asarray(samples, np.float32).ravel()

    def _ids(self, piece: str) -> list[int]:
        signs, _ = self._to_signs(piece) if _SAID.search(piece) else ("", None)
        return [self._signs[one] for one in signs if one in self._signs][:_SIGNS_MOST]


def _pieces(text: str) -> Iterator[str]:
    """Sentences; a long one in parts at its commas."""
    for sentence in _PIECE.findall(text):
        if len(sentence) <= 60:
            yield sentence
            continue
        part = ""
        for half in _HALF.findall(sentence):
            if part and len(part) + len(half) > 60:
                yield part
                part = ""
            part += half
        yield part
