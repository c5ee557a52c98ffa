"""Programs that a test puts on the PATH of an invented machine."""

from __future__ import annotations

from pathlib import Path


def program(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
