"""How much memory a picture would take, known from its header: in colours, in greys, or not at all.

Pillow holds a row of a colour picture with four bytes a pixel, of a grey one or a palette with one. A JPEG
row by row can be decoded at half, quarter or eighth size, and straight to grey; everything else is
decoded as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from kiosk_api.domain.attachments import TOO_FINE, TOO_LONG, kept_size
from kiosk_api.domain.errors import DomainError
from kiosk_api.gateways.jpeg_scans import Scans

MOST_BYTES = 205 * 1024 * 1024
MOST_PIXELS_JPEG = 210_000_000  # the largest camera sensors; each pixel costs time, too
LONG = 3  # times as long as wide: a screenshot in one piece rather than a photo
_WEBP_BYTES = 12  # measured, beside the picture itself: its decoder holds several canvases
_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}


@dataclass(frozen=True)
class Plan:
    """The size to keep, the mode to keep it in (`RGB` or `L`), whether a JPEG is to be decoded for just that, and
    whether what is decoded can be kept as it is, without a second copy."""

    kept: tuple[int, int]
    mode: str
    by_draft: bool
    as_it_is: bool


def plan(opened: Image.Image, scans: Scans | None, turned: bool) -> Plan:
    """How to decode within MOST_BYTES: `scans` is given for a JPEG, `turned` when it lies on its side.

    Raises DomainError `picture_too_fine` or `picture_too_long`, or what `kept_size` raises.
    """
    kept = kept_size(opened.width, opened.height)
    unchanged = kept == opened.size and not turned and "transparency" not in opened.info
    if scans is None or opened.width * opened.height <= MOST_PIXELS_JPEG:
        for mode in ("RGB", "L"):
            decoded = mode if scans is not None and opened.mode == "RGB" else opened.mode
            how = Plan(kept, mode, scans is not None, unchanged and decoded == mode)
            if _bytes(opened, scans, decoded, how, turned) <= MOST_BYTES:
                return how
    if max(opened.size) > LONG * min(opened.size):
        raise DomainError("picture_too_long", TOO_LONG)
    raise DomainError("picture_too_fine", TOO_FINE)


def _bytes(opened: Image.Image, scans: Scans | None, decoded: str, how: Plan, turned: bool) -> float:
    """The most that is held at one time: while decoding, while scaling, while turning."""
    pixels, working = float(opened.width * opened.height), 0.0
    if scans is not None:
        working = scans.held * pixels
        pixels /= _smaller(opened.size, how.kept) ** 2
    elif opened.format == "WEBP":
        working = _WEBP_BYTES * pixels
    whole, clean = pixels * _BYTES.get(decoded, 4), how.kept[0] * how.kept[1] * _BYTES.get(how.mode, 4)
    return max(working + whole, whole + (0 if how.as_it_is else clean), 2 * clean if turned else 0)


def _smaller(size: tuple[int, int], kept: tuple[int, int]) -> int:
    """By how much Pillow's draft mode divides the sides."""
    times = min(size[0] // kept[0], size[1] // kept[1])
    return max(step for step in (1, 2, 4, 8) if step <= times)
