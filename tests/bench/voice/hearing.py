"""How well citizens' sentences are recognised: voices, speeds and noise, with and without repair of homophones."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

from tests.bench.voice import errors, sound
from tests.bench.voice.lists import sentences
from voice.heard import understood

VOICES = ("zf_xiaobei", "zf_xiaoni", "zf_xiaoyi", "zm_yunxi", "zm_yunyang")
SPEEDS = (1.0, 0.8, 1.3)
NOISES = (None, 20, 10)  # decibels
PROCESSES = 2
FEW = 12  # every so many sentences of a quick look

Row = dict[str, str | float | int | None]


def measured(into: Path, *, few: bool = False, rounds: int = len(SPEEDS)) -> list[Row]:
    """Rows of every sentence × `rounds` speeds × noise, also appended to `into` as they come.

    Voices take turns over the sentences; the speed of a sentence moves on with each round.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    os.environ["OMP_NUM_THREADS"] = "1"
    with get_context("spawn").Pool(PROCESSES) as pool:
        parts = [(str(into) + f".{part}", part, few, rounds) for part in range(PROCESSES)]
        return [row for rows in pool.starmap(_part, parts) for row in rows]


def _part(into: str, part: int, few: bool, rounds: int) -> list[Row]:
    rows = []
    with open(into, "w", encoding="utf-8") as file:
        for row in _rows(part, few, rounds):
            rows.append(row)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
    return rows


def _rows(part: int, few: bool, rounds: int) -> Iterator[Row]:
    from tests.bench.voice import engines  # in the process that measures, and only there

    listed = list(enumerate(sentences("sentences.txt")))[:: FEW if few else 1]
    for turn in range(rounds):
        for number, said in listed[part::PROCESSES]:
            voice, speed = VOICES[number % len(VOICES)], SPEEDS[(number + number // 5 + turn) % len(SPEEDS)]
            spoken = sound.for_listening(engines.speak(said, voice, speed))
            for noise in NOISES:
                heard = engines.recognise(sound.with_noise(spoken, noise, said))
                yield {"said": said, "voice": voice, "speed": speed, "noise": noise, "heard": heard}


def table(rows: list[Row]) -> str:
    """Character error rates in Markdown: by noise, by noise and speed, by voice."""
    lines = ["| condition | pieces | characters | as recognised | homophones repaired |", "|---|---|---|---|---|"]
    for title, key in _GROUPS:
        counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for row in rows:
            said, heard = str(row["said"]), str(row["heard"])
            bare, many = errors.characters(said, understood(heard, "words", repair=False))
            repaired, _ = errors.characters(said, understood(heard, "words"))
            for place, value in enumerate((1, many, bare, repaired)):
                counted[f"{title} {key(row)}"][place] += value
        for name, (pieces, many, bare, repaired) in sorted(counted.items()):
            lines.append(f"| {name} | {pieces} | {many} | {bare / many:.1%} | {repaired / many:.1%} |")
    return "\n".join(lines)


def _noise(row: Row) -> str:
    return "clean" if row["noise"] is None else f"{row['noise']} dB"


_GROUPS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("noise", _noise),
    ("speed", lambda row: f"{row['speed']}, {_noise(row)}"),
    ("voice", lambda row: str(row["voice"])),
)
