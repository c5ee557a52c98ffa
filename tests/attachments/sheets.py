"""Pictures with lines of writing of a known height, and the height it has in what was kept."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFont

LINES = 5


def font_of_height(height: int) -> ImageFont.FreeTypeFont:
    """The font size at which an 8 is `height` pixels high."""
    for size in range(height, 3 * height):
        font = ImageFont.load_default(size)
        assert isinstance(font, ImageFont.FreeTypeFont)
        _, top, _, bottom = font.getbbox("8")
        if bottom - top >= height:
            return font
    raise AssertionError("no such size")


def written(
    width: int, height: int, glyph: int, ink: Any = "black", ground: Any = "white", mode: str = "RGB"
) -> Image.Image:
    """A sheet whose first lines, near its upper edge, consist of 8s of `glyph` pixels."""
    sheet = Image.new(mode, (width, height), ground)
    draw, font = ImageDraw.Draw(sheet), font_of_height(glyph)
    for line in range(LINES):
        draw.text((glyph, glyph + line * 2 * glyph), "8" * 6, fill=ink, font=font)
    return sheet


def encoded(picture: Image.Image, kind: str, **save: Any) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **save)
    return out.getvalue()


def glyph_heights(data: bytes) -> list[int]:
    """The heights in pixels of the lines of dark writing on light ground."""
    with Image.open(io.BytesIO(data)) as picture:
        grey = picture.convert("L")
    across = grey.crop((0, 0, min(grey.width, 2000), min(grey.height, 2000)))
    dark = [min(across.crop((0, y, across.width, y + 1)).tobytes()) < 150 for y in range(across.height)]
    found, run = [], 0
    for row in [*dark, False]:
        if not row and run:
            found.append(run)
        run = run + 1 if row else 0
    return found


def is_readable(data: bytes, drawn: int) -> bool:
    """Whether each line is there, and as high as it was drawn or at least 20 pixels (one is left to rounding)."""
    heights = glyph_heights(data)
    return len(heights) == LINES and min(heights) >= min(drawn, 20) - 1
