"""One spelling for what people type, before anything is understood. Never for what is stored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from bot.characters import HAN

LONGEST = 20_000  # characters read; the same bound as POST /route and POST /chat
_STEP = 1_000
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn", "Me"})
_LINE = re.compile(r"[\r\n\u2028\u2029\x0b\x0c]+|_x000D_")
_BLANKS = re.compile(r"\s+")
_BLANK_BY_HAN = re.compile(f"(?<=[{HAN}，。！？；：、]) | (?=[{HAN}，。！？；：、])")
_REPEATED = re.compile(r"([^\d])\1{2,}")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("tw2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones (opencc, tw2s); other text comes back as it is."""
    return str(_to_simplified().convert(text))


def folded(text: str) -> str:
    """NFKC of the first 20,000 characters, no longer than these: one may become eighteen (ﷺ)."""
    if unicodedata.is_normalized("NFKC", text[:LONGEST]):
        return text[:LONGEST]
    pieces, size = [], 0
    for at in range(0, min(len(text), LONGEST), _STEP):
        pieces.append(unicodedata.normalize("NFKC", text[at : min(at + _STEP, LONGEST)]))
        size += len(pieces[-1])
        if size >= LONGEST:
            break
    return unicodedata.normalize("NFKC", "".join(pieces))[:LONGEST]


def normalise(text: str) -> str:
    """NFKC, simplified, no emoji or control characters, one blank at most, no sign thrice in a row.

    Reads the first 20,000 characters. Line breaks become sentence ends. Figures are left alone.
    """
    lines = _LINE.sub("。", folded(text))
    kept = "".join(c for c in lines if unicodedata.category(c) not in _DROPPED)
    kept = _BLANK_BY_HAN.sub("", _BLANKS.sub(" ", simplified(kept))).strip()
    return _REPEATED.sub(r"\1\1", kept)
