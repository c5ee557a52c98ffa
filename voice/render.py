"""Speaks every fixed sentence once and keeps it as a small file, so that it is heard at once and sounds the same.

    … | python -m voice.render [--workers N] [--most N] [--to FOLDER]

Reads sentences from standard input, one a line; before a tab anything may stand. A file that is there already stays,
so a run that was broken off goes on where it stopped. The bureau's own recordings are in a folder of their own
(KIOSK_RECORDINGS) and are played before these.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

import av
import numpy as np

from voice import models
from voice.recordings import path_of, to_do
from voice.sound import Samples
from voice.speaker import RATE, Speaker

BITS_A_SECOND = 48_000
_SAY_EVERY = 20


def to_mp3(samples: Samples) -> bytes:
    """Mono, 24 kHz."""
    with io.BytesIO() as file:
        with av.open(file, "w", format="mp3") as out:
            stream = out.add_stream("libmp3lame", rate=RATE, layout="mono")
            stream.bit_rate = BITS_A_SECOND
            frame = av.AudioFrame.from_ndarray(
                (np.clip(samples, -1, 1) * 32767).astype(np.int16)[None], format="s16", layout="mono"
            )
            frame.rate = RATE
            for packet in (*stream.encode(frame), *stream.encode(None)):
                out.mux(packet)
        return file.getvalue()


@lru_cache(maxsize=1)
def _speaker() -> Speaker:
    return Speaker()


def render(sentence: str, folder: Path) -> bool:
    """Whether a file was made; nothing is made of a sentence in which nothing can be said."""
    path = path_of(sentence, folder)
    samples = _speaker().say(sentence)
    if not len(samples):
        return False
    half = path.with_suffix(".half")
    half.write_bytes(to_mp3(samples))
    half.replace(path)
    return True


def main() -> int:
    """0 once every sentence has its file."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 1)))
    asked.add_argument("--most", type=int, default=None, help="render at most so many now")
    asked.add_argument("--to", type=Path, default=models.RECORDINGS, help="the folder of the files")
    given = asked.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    waiting = to_do(sys.stdin, given.to)[: given.most]
    print(f"{len(waiting)} sentences to speak; ctrl-C stops, the next run goes on", flush=True)
    with ProcessPoolExecutor(given.workers, initializer=_speaker) as pool:
        try:
            for done, _ in enumerate(pool.map(partial(render, folder=given.to), waiting), 1):
                if done % _SAY_EVERY == 0 or done == len(waiting):
                    print(f"\r{done} of {len(waiting)}", end="", flush=True)
        except KeyboardInterrupt:
            pool.shutdown(wait=True, cancel_futures=True)
            return 130
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
