#!/usr/bin/env python3
"""Checks text files before a commit: no marker of a merge conflict, a newline at the end.

    .ci/check_text_files.py FILE …

Prints one line for each fault; the exit code is 1 when there is any.
"""

from __future__ import annotations

import sys
from pathlib import Path

MARKERS = (b"<" * 7 + b" ", b"|" * 7 + b" ", b">" * 7 + b" ")  # "=======" alone may be a heading


def faults(content: bytes) -> list[str]:
    """What is wrong with a file's content, each as `line N: reason` or a reason."""
    found = [
        f"line {number}: marker of a merge conflict"
        for number, line in enumerate(content.splitlines(), 1)
        if line.startswith(MARKERS)
    ]
    if content and not content.endswith(b"\n"):
        found.append("no newline at the end")
    return found


def main(paths: list[str]) -> int:
    bad = [f"{path}: {fault}" for path in paths for fault in faults(Path(path).read_bytes())]
    print(*bad, sep="\n", end="\n" if bad else "")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
