"""Unique words (canaries), and the search for them where they must not be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

NAME = "欧阳晓燕"
PHONE = "13700137009"
ID_NUMBER = "11010519491231002X"
STREET = "青石巷九十八号"
FACTS = "那棵老槐树被连夜锯了"
LATIN = "zyxcanaryqwv"
NOTE = "他上回来时摔了搪瓷茶缸"
DECISION = "那间彩钢棚不在征收红线里"
CANARIES = (NAME, PHONE, ID_NUMBER, STREET, FACTS, LATIN, NOTE, DECISION)
EVERYTHING = f"我叫{NAME}，电话{PHONE}，身份证{ID_NUMBER}，住清水镇{STREET}。{FACTS}，{LATIN}。"


def spellings(canary: str) -> set[bytes]:
    """Its spellings in a file: encodings, escapes of JSON, Python and addresses."""
    from urllib.parse import quote

    found = {canary.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    escaped = canary.encode("unicode_escape")
    return found | {escaped, escaped.upper().replace(b"\\U", b"\\u"), quote(canary).encode(),
                    repr(canary.encode())[2:-1].encode()}  # fmt: skip


def found_in(content: bytes) -> list[str]:
    """The canaries of which `content` holds some spelling."""
    return [one for one in CANARIES if any(part in content for part in spellings(one))]


def files_with_canaries(folder: Path, but: Iterable[str] = ()) -> list[tuple[str, list[str]]]:
    """Every file under `folder` that holds a canary, the store included."""
    copy = folder / "backup.db"
    with closing(sqlite3.connect(folder / "kiosk.db")) as store, \
            closing(sqlite3.connect(copy)) as target:  # fmt: skip
        store.backup(target)
    wrong = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in but and (found := found_in(path.read_bytes())):
            wrong.append((path.name, found))
    copy.unlink()
    return wrong
