"""A film of one still picture, for Chromium's camera of the test."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cards.drawn import jpeg


def film(picture: Image.Image, path: Path) -> Path:
    """Two frames of motion JPEG, which the browser repeats."""
    path.write_bytes(jpeg(picture, 95) * 2)
    return path
