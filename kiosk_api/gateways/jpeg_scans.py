"""How a JPEG's header says it is coded: what its decoder will have to hold in memory (ITU-T T.81, annex B)."""

from __future__ import annotations

from dataclasses import dataclass

_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))
_WITHIN = frozenset(bytes((code,)) for code in (0x00, 0xFF, *range(0xD0, 0xD8)))  # inside a scan
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9


@dataclass(frozen=True)
class Scans:
    """`count` of scans; `held` bytes a pixel that the decoder keeps of all of them, 0 when it goes row by row."""

    count: int
    held: float


def read_scans(data: bytes) -> Scans:
    """Walk through the markers of the first picture in a file; what follows its end does not count.

    Only a picture whose first scan holds all its colours and is its only kind is decoded row by row;
    of any other, two bytes a sample are held until the last scan. Linear in the file's length.
    """
    at, count, held, samples, colours = 2, 0, 0.0, 3.0, 3
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker == _END:
            break
        if marker == 0xFF or marker in _WITHOUT_LENGTH:
            at += 1 if marker == 0xFF else 2
            continue
        body = data[at + 4 : at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")]
        at += 4 + len(body)
        if marker in _FRAMES and len(body) >= 6:
            colours, samples = body[5], _samples(body)
            held = 2 * samples if marker not in (0xC0, 0xC1) else held
        if marker == _SCAN:
            count += 1
            if body and body[0] < colours:
                held = 2 * samples
            at = _next_marker(data, at)
    return Scans(count, held)


def _samples(frame: bytes) -> float:
    """Samples a pixel by the colours' sampling factors: 1.5 for the usual 4:2:0, 3 for 4:4:4."""
    factors = [(byte >> 4, byte & 15) for byte in frame[7::3]] or [(1, 1)]
    widest, tallest = max(h for h, _ in factors), max(v for _, v in factors)
    return sum(h * v for h, v in factors) / max(1, widest * tallest)


def _next_marker(data: bytes, at: int) -> int:
    """Where the next marker is that is neither a stuffed byte, a restart nor filling; the file's end without one."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1 : at + 2]
        if following not in _WITHIN:
            return at
        at += 1
    return len(data)
