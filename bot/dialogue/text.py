"""Width, digits and punctuation of what people type or dictate."""

from __future__ import annotations

import re

from bot.characters import HAN, visible
from bot.understanding.normalise import folded, simplified

_SPOKEN = str.maketrans("零〇洞幺一二两三四五六七八九", "00011223456789")
_PUNCT = re.compile(r"[\s,，.。!！?？;；:：、~～…\-—_“”\"'‘’()（）\[\]【】《》]+")
_ENDINGS_BACKWARDS = re.compile(r"(?:[吧啊呀哦噢哈啦嘛咯喽哟]|谢谢|了烦麻)+")
_BREAKS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"  # a line break ends a value
_BETWEEN_FIGURES = re.compile(rf"(?<=\d)(?:[^\S{_BREAKS}]|[\-‐‒–—―−.,，、])+(?=\d)")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_HAN = re.compile(f"[{HAN}]")
MARKS = " \t\n,，。.;；:：!！?？、~～…"  # around a value, and no part of it


def narrow(text: str) -> str:
    """Full-width letters, digits and marks to half width; signs that cannot be seen and outer blanks off."""
    return folded(visible(text)).strip()


def plain(text: str) -> str:
    """`narrow`, in simplified characters: for matching patterns, never for the record."""
    return simplified(narrow(text))


def aligned(text: str) -> tuple[str, str]:
    """(text to match, text to take from), equally long, so that a span of one fits the other.

    Taken from is what was typed, mark for mark, unless a character grew in the matching form.
    """
    matched, typed = plain(text), visible(text).strip()
    return (matched, typed) if len(matched) == len(typed) else (matched, matched)


def faithful(text: str) -> str:
    """The citizen's own words as they go into the record: only the channel's slash guard is undone."""
    stripped = text.strip()
    return "/" + stripped[1:] if stripped.startswith("／") else stripped


def unpunctuated(text: str) -> str:
    """Lower case, half width, simplified, no punctuation."""
    return _PUNCT.sub("", plain(text)).lower()


def bare(text: str) -> str:
    """Lower case, half width, no punctuation, no polite ending: for exact phrase patterns."""
    whole = unpunctuated(text)
    endings = _ENDINGS_BACKWARDS.match(whole[::-1])
    return whole[: len(whole) - endings.end()] or whole if endings else whole


def han_count(text: str) -> int:
    """How many Chinese characters the text holds."""
    return len(_HAN.findall(text))


def said_count(text: str) -> int:
    """How much is said: Chinese characters, and words in Latin letters."""
    return han_count(text) + len(_LATIN_WORD.findall(text))


def as_figures(text: str) -> str:
    """Digits read out in Chinese (幺三九…) as figures, all else as it stands."""
    return plain(text).translate(_SPOKEN)


def spoken_digits(text: str) -> str:
    """`as_figures` with the blanks and dashes between figures of one line removed."""
    return _BETWEEN_FIGURES.sub("", as_figures(text))


def mask(value: str) -> str:
    """All but the last four characters hidden (contract: phone and ID in the read-back)."""
    return "*" * max(len(value) - 4, 0) + value[-4:]


_PARTICLES = ("谢谢", "就行", "就好", "的嘛", "吧", "啊", "呀", "哦", "呢", "嘛", "哈", "撒", "噻")


def without_particles(text: str) -> str:
    """A value without the particles that end a spoken sentence; two characters always stay."""
    for _ in range(3):
        ending = next((one for one in _PARTICLES if text.endswith(one) and len(text) - len(one) >= 2), "")
        text = text[: len(text) - len(ending)]
    return text
