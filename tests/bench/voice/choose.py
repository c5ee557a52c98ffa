"""`python -m tests.bench.voice.choose`: writes product.txt, sentences that the product speaks, from those that it lists.

Whole sentences of 8 to 40 signs, 48 of all and 24 of those with figures or letters, in an order that only
depends on their text: the same list gives the same file.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGET = Path(__file__).with_name("product.txt")
SHORTEST, LONGEST = 8, 40
OF_ALL, WITH_FIGURES = 48, 24
HEAD = "# Sentences that the product speaks; written by `python -m tests.bench.voice.choose`.\n"

_WHOLE = re.compile("[\u4e00-\u9fff0-9A-Z，、：“”《》（）℃%-]+[。？！]")


def main() -> None:
    """Replaces product.txt."""
    python = ROOT / ".venv" / "api" / "bin" / "python"
    listed = subprocess.run(
        [str(python), "-m", "kiosk_api.cli", "list-sentences"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    marked = sorted(line.split("\t", 1) for line in listed.splitlines() if "\t" in line)  # by the digest of the text
    whole = [text for _, text in marked if SHORTEST <= len(text) <= LONGEST and _WHOLE.fullmatch(text)]
    figures = [one for one in whole if re.search("[0-9A-Z]", one)][:WITH_FIGURES]
    others = [one for one in whole if one not in figures][:OF_ALL]
    TARGET.write_text(HEAD + "\n".join((*others, *figures)) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(others) + len(figures)} sentences\n")


if __name__ == "__main__":
    main()
