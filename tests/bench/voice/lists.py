"""The lists of sentences beside this file."""

from __future__ import annotations

from pathlib import Path


def sentences(name: str) -> list[str]:
    """Lines of sentences.txt, development.txt or product.txt, without comments."""
    listed = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in listed if line and not line.startswith("#")]
