"""An invented plan of a hall."""

from __future__ import annotations

from pathlib import Path

from tests.stack import ROOT

WINDOWS = ROOT / "handbook" / "windows.toml"


FLOOR = """
[[floor]]
key = "1"
label = "一楼大厅"
width = 100
height = 70
here = [50, 62]
"""


PLACES = {"court": (4, 4), "labour_arbitration": (30, 4), "petition_office": (56, 4)}


def with_plan(folder: Path, places: dict[str, tuple[int, int]] = PLACES) -> Path:
    """windows.toml of an invented hall."""
    text = WINDOWS.read_text(encoding="utf-8")
    for key, (x, y) in places.items():
        text = text.replace(f'key = "{key}"\n', f'key = "{key}"\nfloor = "1"\nx = {x}\ny = {y}\nw = 20\nh = 20\n')
    path = folder / "windows.toml"
    path.write_text(text + FLOOR, encoding="utf-8")
    return path
