"""What is no photo of a usual size is refused before any model sees it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.cards.drawn import front, jpeg, on_table
from voice.cards import LONGEST_SIDE, MOST_BYTES, CardReader, NotAPicture

GOOD = jpeg(on_table(front()))


def plain(width: int, height: int, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), (200, 200, 200)).save(written, kind)
    return written.getvalue()


def huge() -> bytes:
    """A head that says 65,000 × 65,000 pixels, as decoders would believe it."""
    small = bytearray(plain(64, 64))
    place = small.index(b"\xff\xc0")
    small[place + 5 : place + 9] = (65_000).to_bytes(2, "big") * 2
    return bytes(small)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"no picture",
        b"\xff\xd8\xff",
        GOOD[: len(GOOD) // 2],
        GOOD[:200] + bytes(2_000),
        huge(),
        plain(LONGEST_SIDE + 1, 100),
        plain(100, LONGEST_SIDE + 1),
        plain(20, 20),
        plain(300, 300, "PNG"),
        plain(300, 300, "GIF"),
        GOOD + bytes(MOST_BYTES),
    ],
    ids=[
        "empty",
        "text",
        "start only",
        "half",
        "broken",
        "huge",
        "wide",
        "high",
        "tiny",
        "png",
        "gif",
        "too many bytes",
    ],
)
def test_it_is_refused_with_one_error(sent: bytes) -> None:
    with pytest.raises(NotAPicture):
        CardReader().read_lines(sent)
