"""The voice process from outside: seconds from the end of a piece to its words, processor time, memory."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import urllib.request
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tests.bench.voice import sound
from tests.bench.voice.lists import sentences
from voice.sound import to_wav

ROOT = Path(__file__).resolve().parents[3]
PORT = 5069  # not the product's
PIECES, SECONDS = 5, 10
SAID_TO_BEGIN = "您好，请说说您遇到的事情。"
LONGEST_START = 120  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def running(python: str = sys.executable) -> Iterator[subprocess.Popen[bytes]]:
    """The process on one core, ready to speak, to hear and to read cards; ends with the block."""
    environment = os.environ | {"VOICE_PORT": str(PORT), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        ["taskset", "-c", "0", python, "-m", "voice.serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await_health(process)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _await_health(process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and process.poll() is None:
        try:
            if all(json.loads(_ask("/health")).values()):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the voice process is not there")


def _ask(path: str, body: bytes | None = None, kind: str = "application/json") -> bytes:
    asked = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data=body, headers={"Content-Type": kind})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        answered: bytes = answer.read()
        return answered


def say(text: str) -> sound.Sound:
    """24 kHz mono of what the process says."""
    with wave.open(io.BytesIO(_ask("/say", json.dumps({"text": text}).encode()))) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
    spoken: sound.Sound = (frames / 32_768).astype(np.float32)
    return spoken


def hear(heard: sound.Sound, kind: str = "words") -> str:
    """What the process understood of 16 kHz mono."""
    wav = to_wav(heard, sound.HEARD)
    return str(json.loads(_ask(f"/hear?kind={kind}", wav, "audio/wav"))["text"])


def table() -> str:
    """Markdown: pieces of ten seconds one after the other, sentences spoken, memory at its highest."""
    listed = sentences("sentences.txt")
    with running() as process:
        say(SAID_TO_BEGIN)
        speaking, waits_spoken, spoken, many = _used(process.pid), [], [], 0.0
        for one in listed[: PIECES * 3]:
            start = time.monotonic()
            spoken.append(sound.for_listening(say(one)))
            waits_spoken.append(time.monotonic() - start)
            many += len(spoken[-1]) / sound.HEARD
        speaking = _used(process.pid) - speaking
        whole = np.concatenate(spoken)
        pieces = [whole[at * SECONDS * sound.HEARD :][: SECONDS * sound.HEARD] for at in range(PIECES)]
        hear(pieces[0])
        hearing, waits = _used(process.pid), []
        for piece in pieces:
            start = time.monotonic()
            hear(piece)
            waits.append(time.monotonic() - start)
        hearing = _used(process.pid) - hearing
        memory = highest(process.pid)
    rows = [
        ("a piece of 10 s to its words, median", f"{sorted(waits)[PIECES // 2]:.2f} s"),
        ("a piece of 10 s to its words, longest", f"{max(waits):.2f} s"),
        ("processor seconds for each second heard", f"{hearing / (PIECES * SECONDS):.2f}"),
        ("processor seconds for each second spoken", f"{speaking / many:.2f}"),
        ("a sentence to its sound, median", f"{sorted(waits_spoken)[len(waits_spoken) // 2]:.2f} s"),
        ("memory at its highest", f"{memory} MB"),
    ]
    return "\n".join(("| on one core | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)))


def _used(pid: int) -> float:
    """Processor seconds of the process and of those that it started and waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def highest(pid: int) -> int:
    """Largest resident memory, MB."""
    found = next(
        line
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("VmHWM")
    )
    return int(found.split()[1]) // 1024
