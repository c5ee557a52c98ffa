"""What this process can do: each part is loaded by itself, and one that cannot be loaded leaves the others."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voice import models
from voice.lanes import Lane


class Unable(Exception):
    """This part is not installed, could not be loaded or is still loading."""


class Abilities:
    """Loads in a thread of its own after `load()`; a part is there as soon as it is loaded."""

    def __init__(self) -> None:
        self._parts: dict[str, Any] = {}
        self._lanes = {"says": Lane(2), "hears": Lane(2), "cards": Lane(1)}

    def load(self) -> threading.Thread:
        """Begin; the thread ends once everything that can be loaded is."""
        thread = threading.Thread(target=self._load, name="load", daemon=True)
        thread.start()
        return thread

    def there(self) -> dict[str, bool]:
        """Each part by name: whether it can be used now."""
        return {name: name in self._parts for name in self._lanes}

    def say(self, text: str, voice: str, speed: float) -> bytes:
        """A WAV of 24 kHz. Raises Unable or Busy, KeyError for a voice there is not."""
        from voice.sound import to_wav
        from voice.speaker import RATE

        with self._lanes["says"].turn():
            return to_wav(self._part("says").say(text, voice, speed), RATE)

    def hear(self, wav: bytes, kind: str) -> dict[str, Any]:
        """What was said, as it is shown and spelt back. Raises Unable, Busy or sound.NotSound."""
        from voice.heard import understood
        from voice.sound import HEARD_AT, from_wav
        from voice.spelling import spelt

        samples = from_wav(wav)
        with self._lanes["hears"].turn():
            text = understood(self._part("hears").hear(samples), kind)
        return {"text": text, "spelt": spelt(text, kind), "seconds": round(len(samples) / HEARD_AT, 2)}

    def read(self, jpeg: bytes) -> dict[str, Any]:
        """The printed lines of a photo. Raises Unable, Busy or cards.NotAPicture."""
        with self._lanes["cards"].turn():
            lines = self._part("cards").read_lines(jpeg)
        return {"lines": [{"text": one.text, "box": list(one.box), "score": one.score} for one in lines]}

    def _part(self, name: str) -> Any:
        if name not in self._parts:
            raise Unable
        return self._parts[name]

    def _load(self) -> None:
        for name, make in (("hears", _listener), ("says", _speaker), ("cards", _reader)):
            self._try(name, make)

    def _try(self, name: str, make: Callable[[], Any]) -> None:
        try:
            self._parts[name] = make()
        except Exception as error:  # noqa: BLE001 whatever a missing or broken part raises, the others go on
            print(f"{name}: not loaded ({type(error).__name__})", file=sys.stderr, flush=True)


def _speaker() -> Any:
    _there(models.KOKORO)
    models.check_voices()
    from voice.speaker import Speaker

    return Speaker()


def _listener() -> Any:
    _there(models.WHISPER / "model.bin")
    import numpy as np

    from voice import heard, words
    from voice.listener import Listener
    from voice.sound import HEARD_AT

    words.data()
    heard.understood("您好", "words")  # its dictionaries are loaded now, and not while somebody waits
    listener = Listener()
    # A sandbox may let it load and not run: that is known now, and not when somebody has spoken.
    listener.hear(np.tile(np.array([0.2, -0.2], dtype=np.float32), HEARD_AT // 4))
    return listener


def _reader() -> Any:
    from voice.cards import CardReader

    if not CardReader.is_there():
        raise Unable
    return CardReader()


def _there(path: Path) -> None:
    if not path.is_file():
        raise models.ModelMissing(path.name)
