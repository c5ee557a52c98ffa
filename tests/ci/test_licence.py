"""The licence is the exact text, and NOTICE names every third-party file of the tree."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def test_the_licence_is_apache_2_word_for_word() -> None:
    assert sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_every_vendored_file_is_named_or_is_a_licence_that_is() -> None:
    vendored = [path for path in ROOT.rglob("vendor/*") if ".venv" not in path.parts and path.is_file()]
    assert vendored
    assert not [path.name for path in vendored if path.relative_to(ROOT).as_posix() not in NOTICE]


def test_every_source_of_the_word_list_is_named() -> None:
    table = (ROOT / "kiosk_api/web/static/pinyin/README.md").read_text(encoding="utf-8")
    sources = re.findall(r"^\| ([\w`/.]+)", table, re.MULTILINE)[1:]
    assert len(sources) >= 4
    assert not [name for name in sources if name.strip("`") not in NOTICE]


def test_every_path_named_exists() -> None:
    named = re.findall(r"(?:kiosk_api|nlu_data)/[\w./-]+\b/?", NOTICE)
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_the_readme_names_the_licence() -> None:
    assert "[Apache-2.0](LICENSE)" in (ROOT / "README.md").read_text(encoding="utf-8")
