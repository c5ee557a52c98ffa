"""`python -m tests.bench.attachments`: time and memory of rewriting one picture.

Each picture in a process of its own: the peak is its resident set's high-water mark above what the
same process needed after a tiny picture, so that libraries do not count. Baseline: Pillow opening
and loading the same file in full, without making it smaller.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from PIL import Image

from kiosk_api.domain.errors import DomainError
from kiosk_api.gateways.attach_images import PillowWriter

ROUNDS = 3
PICTURES = {
    "JPEG 12 MP": ("JPEG", 4_000, 3_000, {}),
    "JPEG 48 MP": ("JPEG", 8_000, 6_000, {}),
    "JPEG 12 MP progressive": ("JPEG", 4_000, 3_000, {"progressive": True}),
    "PNG 15 MP": ("PNG", 4_680, 3_300, {"compress_level": 1}),
    "WebP 8.6 MP": ("WEBP", 3_600, 2_400, {"method": 0}),
    "JPEG 64 MP": ("JPEG", 9_248, 6_936, {}),
    "JPEG 64 MP progressive": ("JPEG", 9_248, 6_936, {"progressive": True}),
    "JPEG 108 MP": ("JPEG", 12_000, 9_000, {}),
    "JPEG 1440 x 20000": ("JPEG", 1_440, 20_000, {}),
    "JPEG 1440 x 30000": ("JPEG", 1_440, 30_000, {}),
    "PNG 1080 x 16000": ("PNG", 1_080, 16_000, {"compress_level": 1}),
    "WebP 20 MP (refused)": ("WEBP", 5_000, 4_000, {"method": 0}),
}


def photo(kind: str, width: int, height: int, save: dict[str, object]) -> bytes:
    """A noisy gradient, which compresses about as well as a photo of a paper."""
    grain = Image.effect_noise((width // 8, height // 8), 18).resize((width, height))
    out = io.BytesIO()
    Image.merge("RGB", (grain, grain, grain)).save(out, kind, **save)
    return out.getvalue()


def high_water_mib() -> float:
    """Peak memory from VmHWM, which is reset for each program; getrusage's figure is inherited from the parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(name: str, way: str) -> None:
    """In a fresh process, fed the file on standard input: prints median seconds and MiB."""
    data = sys.stdin.buffer.read()
    tiny = io.BytesIO()
    Image.new("RGB", (64, 64)).save(tiny, "JPEG")
    writer = PillowWriter()
    writer.rewrite(tiny.getvalue())
    before, times = high_water_mib(), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        if way == "rewrite":
            with pytest.raises(DomainError) if "refused" in name else nullcontext():
                writer.rewrite(data)
        else:
            Image.open(io.BytesIO(data)).load()
        times.append(time.perf_counter() - start)
    print(f"{statistics.median(times):.3f} {high_water_mib() - before:.0f}")


def main() -> None:
    """A table: file size, seconds and peak MiB of rewriting, and of merely loading."""
    print(f"{'picture':26}{'MiB':>6}{'rewrite s':>11}{'MiB':>6}{'load s':>9}{'MiB':>6}")
    for name, (kind, width, height, save) in PICTURES.items():
        data = photo(kind, width, height, save)
        cells = []
        for way in ("rewrite", "load"):
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.attachments", name, way],
                input=data, capture_output=True, check=True,
            )  # fmt: skip
            cells += done.stdout.decode().split()
        print(f"{name:26}{len(data) / 2**20:>6.1f}{cells[0]:>11}{cells[1]:>6}{cells[2]:>9}{cells[3]:>6}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], sys.argv[2])
    else:
        main()
