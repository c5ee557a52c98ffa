"""One spelling for what people type, before anything is understood. Never for what is stored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

LONGEST = 20_000  # characters read; the same bound as POST /route and POST /chat
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn", "Me"})
_LINE = re.compile(r"[\r\n\u2028\u2029\x0b\x0c]+|_x000D_")
_BLANKS = re.compile(r"\s+")
_BLANK_BY_HAN = re.compile(r"(?<=[\u3400-\u9fff，。！？；：、])\s+|\s+(?=[\u3400-\u9fff，。！？；：、])")
_REPEATED = re.compile(r"([^\d])\1{2,}")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("tw2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones (opencc, tw2s); other text comes back as it is."""
    return str(_to_simplified().convert(text))


def normalise(text: str) -> str:
    """NFKC, simplified, no emoji or control characters, one blank at most, no sign thrice in a row.

    Reads the first 20,000 characters. Line breaks become sentence ends. Figures are left alone.
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    folded = _LINE.sub("。", folded)
    kept = "".join(c for c in folded if unicodedata.category(c) not in _DROPPED)
    kept = _BLANK_BY_HAN.sub("", _BLANKS.sub(" ", simplified(kept))).strip()
    return _REPEATED.sub(r"\1\1", kept)
