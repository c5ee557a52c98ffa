"""Numbers of identity cards, permits and passports cut out of a text.

Cut broadly: whether there is such a card and whether its number holds is for the API to say, with its sentence.
"""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue.phones import found_in
from bot.dialogue.text import as_figures, spoken_digits

LEAST_FIGURES = 5
_LIKE_X = str.maketrans(dict.fromkeys("×✕✖╳хХχΧⅩⅹ", "X"))
_GAP = r"[ \t\-‐‒–—―−]{0,2}"
_BETWEEN = re.compile(
    rf"(?<=\d){_GAP}(?=[Xx](?![0-9A-Za-z]))|(?<=(?<![A-Za-z])[A-Za-z]){_GAP}(?=\d{{7}})|(?<=[A-Za-z]{{3}}){_GAP}(?=\d{{12}})"
)
# Known by their shape alone: 17 figures and a sign (GB 11643), three letters and twelve figures (permanent residence
# of foreigners until 2023), H or M with eight or ten figures (permits of people of Hong Kong and Macao).
_SURE = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|[A-Za-z]{3}\d{12}|[HMhm]\d{8}(?:\d{2})?)(?![0-9A-Za-z])")
_MISTYPED = re.compile(r"(?<![0-9A-Za-z])(?=[0-9OolI]*[OolI])[0-9OolI]{17}[0-9XxOolI](?![0-9A-Za-z])")
_CARD = re.compile(
    r"身份证|居民证|证件|护照|通行证|回乡证|台胞证|居住证|居留证|居留身份|永居|五星卡|军官证|士兵证|军人证|警官证|人民警察证|文职证|学员证|退伍证|港澳证"
)
# The word belongs to the number: without it, seven figures are no card's.
_OF_SERVICE = ("军官证", "士兵证", "警官证", "人民警察证", "文职证", "学员证")
_NUMBER = (
    rf"(?:[{HAN}]{{1,3}}字第?\d{{4,10}}号?|[A-Za-z]{{0,3}}\d[0-9A-Za-z]{{5,17}}(?:[(]\d{{1,2}}[)])?)(?![0-9A-Za-z])"
)
_BEHIND_CARD = re.compile(rf"[^0-9A-Za-z,，。;；\n]{{0,12}}?(?P<number>{_NUMBER})")
_ALONE = re.compile(rf"(?<![0-9A-Za-z]){_NUMBER}")


def id_in(text: str, asked: bool = False) -> str | None:
    """The number of a card: by its shape, behind the word for a card, or, where one was `asked` for, alone."""
    said = _joined(text)
    if found := _SURE.search(said) or _MISTYPED.search(said):
        return found.group().upper() if found.re is _SURE else found.group()
    for card in _CARD.finditer(said):
        if (found := _BEHIND_CARD.match(said, card.end())) and _has_figures(found["number"]):
            number = found["number"].upper()
            return card.group() + number if card.group() in _OF_SERVICE and number.isdigit() else number
    alone = [one.group() for one in _ALONE.finditer(said) if _has_figures(one.group())] if asked else []
    return alone[0].upper() if len(alone) == 1 and not found_in(as_figures(alone[0])) else None


def _joined(text: str) -> str:
    return _BETWEEN.sub("", spoken_digits(text.translate(_LIKE_X)))


def _has_figures(number: str) -> bool:
    return sum(sign.isdigit() for sign in number) >= LEAST_FIGURES
