"""Signs from strokes: Zinnia (libzinnia0, BSD) with Tegaki's model of simplified Chinese (LGPL 2.1).

Both are Debian packages: .ci/ensure_handwriting.sh. Called through ctypes; the C interface is
zinnia.h of version 0.06. Where library or model is absent nothing is offered and nothing breaks.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import threading
from collections.abc import Sequence
from pathlib import Path

_LIBRARIES = ("libzinnia.so.0", "libzinnia.so")
_FUNCTIONS: tuple[tuple[str, object, tuple[object, ...]], ...] = (
    ("recognizer_new", ctypes.c_void_p, ()),
    ("recognizer_open", ctypes.c_int, (ctypes.c_void_p, ctypes.c_char_p)),
    ("recognizer_destroy", None, (ctypes.c_void_p,)),
    ("recognizer_classify", ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)),
    ("character_new", ctypes.c_void_p, ()),
    ("character_set_width", None, (ctypes.c_void_p, ctypes.c_size_t)),
    ("character_set_height", None, (ctypes.c_void_p, ctypes.c_size_t)),
    ("character_add", ctypes.c_int, (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int)),
    ("character_destroy", None, (ctypes.c_void_p,)),
    ("result_size", ctypes.c_size_t, (ctypes.c_void_p,)),
    ("result_value", ctypes.c_char_p, (ctypes.c_void_p, ctypes.c_size_t)),
    ("result_destroy", None, (ctypes.c_void_p,)),
)


def _load() -> ctypes.CDLL | None:
    for name in (*_LIBRARIES, ctypes.util.find_library("zinnia")):
        if not name:
            continue
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        for function, result, arguments in _FUNCTIONS:
            known = getattr(library, f"zinnia_{function}")
            known.restype, known.argtypes = result, arguments
        return library
    return None


class ZinniaHandwriting:
    """Loads at the first question; safe to share between threads (one reads at a time)."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._asked = False
        self._library: ctypes.CDLL | None = None
        self._reader: int | None = None

    def _ready(self) -> ctypes.CDLL | None:
        """Library with the model opened, or None; to be called under the lock."""
        if not self._asked:
            self._asked = True
            library = _load() if self._model.is_file() else None
            if library is not None:
                reader = library.zinnia_recognizer_new()
                if library.zinnia_recognizer_open(reader, str(self._model).encode()):
                    self._library, self._reader = library, reader
                else:
                    library.zinnia_recognizer_destroy(reader)
        return self._library

    def available(self) -> bool:
        """Whether library and model are there."""
        with self._lock:
            return self._ready() is not None

    def read(
        self, width: int, height: int, strokes: Sequence[Sequence[tuple[int, int]]], most: int
    ) -> list[str] | None:
        """At most `most` signs, likeliest first; None where it is not available.

        Points are pixels from the upper left corner of a width × height frame. Nothing is kept.
        """
        with self._lock:
            library = self._ready()
            if library is None:
                return None
            drawn = library.zinnia_character_new()
            try:
                library.zinnia_character_set_width(drawn, width)
                library.zinnia_character_set_height(drawn, height)
                for place, stroke in enumerate(strokes):
                    for x, y in stroke:
                        library.zinnia_character_add(drawn, place, x, y)
                result = library.zinnia_recognizer_classify(self._reader, drawn, most)
                if not result:
                    return []
                try:
                    size = library.zinnia_result_size(result)
                    return [library.zinnia_result_value(result, one).decode() for one in range(size)]
                finally:
                    library.zinnia_result_destroy(result)
            finally:
                library.zinnia_character_destroy(drawn)
