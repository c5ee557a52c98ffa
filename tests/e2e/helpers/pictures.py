"""Pictures of pages that are kept in the repository: taken, made small, and compared by their look."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page

TAKE = bool(os.environ.get("KIOSK_PICTURES"))  # `make pictures` takes new ones
COLOURS = 64
MOST_DIFFERENT = 4.0  # of 255, between blurred copies: changed digits make less, a changed layout makes more


def shot(page: Page) -> Image.Image:
    """The page as it is on the screen, without a blinking caret or a movement half done."""
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def keep(picture: Image.Image, path: Path, colours: int = COLOURS) -> None:
    """Write a small PNG."""
    path.parent.mkdir(exist_ok=True)
    picture.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)


def difference(one: Image.Image, other: Image.Image) -> float:
    """How different two pictures of one size look, from 0 to 255."""
    assert one.size == other.size
    small = (one.width // 16, one.height // 16)
    first, second = (
        np.asarray(picture.convert("L").resize(small, Image.Resampling.BOX), dtype=float) for picture in (one, other)
    )
    return float(np.abs(first - second).mean())
