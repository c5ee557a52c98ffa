"""Which build this is, and where its store is: facts for the operator's figures."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent
_COMMIT = re.compile(r"[0-9a-f]{40}")
_REF = re.compile(r"ref: (refs/[\w./-]{1,200})")
UNKNOWN = "unknown"
_NOT_A_SIGN = re.compile(r"[^\w.+-]")  # of a version


@cache
def build_version(root: Path = ROOT) -> str:
    """The first line of VERSION, which an installation without git writes, else the commit, else `unknown`."""
    for read in (_from_file, _from_git):
        if found := read(root):
            return found
    return UNKNOWN


def _from_file(root: Path) -> str:
    text = _text(root / "VERSION").partition("\n")[0].strip()
    return _NOT_A_SIGN.sub("", text)[:40]


def _from_git(root: Path) -> str:
    head = _text(root / ".git/HEAD").strip()
    named = _REF.fullmatch(head)
    if named:
        head = _text(root / ".git" / named[1]).strip() or _packed(root, named[1])
    return head[:12] if _COMMIT.fullmatch(head) else ""


def _packed(root: Path, name: str) -> str:
    for line in _text(root / ".git/packed-refs").splitlines():
        commit, _, ref = line.partition(" ")
        if ref == name:
            return commit
    return ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite store; None for another database."""
    made = make_url(url)
    return Path(made.database) if made.get_backend_name() == "sqlite" and made.database else None
