"""Names of people and units in every script, in the one spelling in which they are stored.

A name holds letters, their marks, blanks, middle dots, apostrophes, hyphens, full stops and brackets. Figures stand in
the names of units (国营722厂工会) as long as they are no phone or ID number. A foreign or minority name is written
with one middle dot, U+00B7 (GA/T 1021, names on papers).
"""

from __future__ import annotations

import re
import unicodedata

from kiosk_api.domain.typed import HAN, is_letter, one_line

_LABEL = re.compile(r"^(?:姓名|名字|单位名称)[:：是]+ *")
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff65-\uff9f\u2e80-\u2fdf]+")
_DOTS = re.compile(
    " ?[\u00b7\u0387\u16eb\u2022\u2024\u2027\u2218\u2219\u22c5\u25cf\u25e6\u26ab\u2981\u2b24\u2e30\u2e31\u2e33\u30fb\u318d\ua78f"
    "\U00010101]+ ?"
)
_SEVERAL = re.compile(r" ?[、,，;；/／] ?| (?:和|与|及|跟) ")
_FULL_STOP = re.compile(f"(?<=[{HAN}]) ?[.．] ?(?=[{HAN}])")
_HYPHENS = re.compile("[\u2010-\u2015\u2043\u2212\ufe63\uff0d]+")
_APOSTROPHES = re.compile("[\u0060\u00b4\u2032\u055a\uff07]")
_ENDS = "·，,。、；;：:！!？? "
# Word dividers of Tibetan, Mongolian, Ethiopic and Hebrew, joiners of letters, and what stands in names of units
_SIGNS = frozenset(
    " ·.-'’‘\u0f0b\u0f0c\u0f0d\u180a\u1361\u05be\u05f3\u05f4（）()〔〕[]【】“”\"「」《》&＆+#№\u200c\u200d"
)
_MOST_FIGURES = 6  # a phone number has at least seven
_FIGURES_OF_A_PERSON = 2
_LETTERS_OF_A_UNIT = 5  # before figures at the end; no Chinese family and given name is that long
_FIGURE_RUN = re.compile(r"[0-9][0-9 .·-]*")
# Scripts in which one sign is a syllable or a word
_WHOLE_SIGN = re.compile(f"[{HAN}\u3041-\u30ff\ua000-\ua48c\uac00-\ud7a3]")


def normal_name(typed: str) -> str:
    """The stored spelling: one middle dot, plain hyphens, no label and no punctuation around it."""
    text = _LABEL.sub("", one_line(typed))
    text = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _FULL_STOP.sub("·", _DOTS.sub("·", text))
    text = _APOSTROPHES.sub("'", _HYPHENS.sub("-", text))
    return text.strip(_ENDS)


def has_letter(name: str) -> bool:
    """Whether there is a name in it at all."""
    return any(map(is_letter, name))


def is_name(name: str) -> bool:
    """Whether nothing but a name is in it. `name` is in its stored spelling."""
    return all(_fits(sign) for sign in name) and _figures_fit(name)


def is_too_short(name: str) -> bool:
    """One letter of an alphabet is no name; one Chinese character is."""
    return len(name) == 1 and _WHOLE_SIGN.match(name) is None


def lists_several(name: str) -> bool:
    """Whether several names stand there, one after another."""
    parts = _SEVERAL.split(name)
    return len(parts) > 1 and all(has_letter(one) and is_name(one) and not is_too_short(one) for one in parts)


def holds_number(name: str) -> bool:
    """Whether a phone or ID number stands in it."""
    return any(sum(sign.isdecimal() for sign in run) > _MOST_FIGURES for run in _FIGURE_RUN.findall(name))


def _fits(sign: str) -> bool:
    return sign in _SIGNS or is_letter(sign) or unicodedata.category(sign)[0] in "MN"


def _figures_fit(name: str) -> bool:
    """Figures of a unit have words after them, or many before."""
    places = [place for place, sign in enumerate(name) if unicodedata.category(sign)[0] == "N" and not is_letter(sign)]
    if len(places) <= _FIGURES_OF_A_PERSON:
        return True
    if len(places) > 2 * _MOST_FIGURES or holds_number(name):
        return False
    letters_before = sum(map(is_letter, name[: places[0]]))
    return has_letter(name[places[-1] + 1 :]) or letters_before >= _LETTERS_OF_A_UNIT
