"""Names that their own signs give away, in whatever script: letters, dots, apostrophes and nothing of a sentence.

The reader of clauses has learnt Chinese; here the shape decides. Which names there are is for the API to say.
"""

from __future__ import annotations

import re
import unicodedata

from bot.characters import DOTS, is_han, is_letter, visible

LONGEST = 80  # signs: names with the names of fathers and villages
_MOST_WORDS = 7
_FEWEST_CAPITALS, _MOST_CAPITALS = 2, 4
_MOST_HAN = 4  # characters beside letters of another script: “欧阳Mike”
# Between letters, and part of a name: blank, apostrophes, hyphens, dots, Tibetan tsheg, Mongolian hyphen.
_INSIDE = frozenset(" \u00a0\u202f'’‘ʼʻ`´ʹ-‐‑‒–.\u0f0b\u0f0c\u1806·") | frozenset(DOTS)
_EDGES = ' \t\u3000,，.。;；:：!！?？、~～…"“”‘（）()'
_AROUND_DOT = re.compile(rf"\s{{0,3}}[{re.escape(DOTS)}]\s{{0,3}}")
# How a name is introduced in languages that are spoken here, and by visitors.
_LEADS = re.compile(
    r"(?:hello|hi|yes|ok|okay)?[,.!\s]{0,9}(?:my (?:full |real )?name(?:['’]s| is)?|the name is|(?:full )?name|i am|i['’]m|this is|call me|it['’]s)\s{0,9}[:：]?\s{1,9}(?=\S)"
    r"|меня зовут\s{1,9}|мен[іi]ң атым\s{1,9}|миний нэр(?:ийг)?\s{1,9}|مېنىڭ ئىسمىم\s{0,9}[:：]?\s{0,9}|ئىسمىم\s{0,9}[:：]?\s{0,9}|ངའི་མིང་(?:ལ་)?|(?:제|내) 이름은\s{0,9}|저는\s{0,9}|私の名前は\s{0,9}|私は\s{0,9}",
    re.I,
)
_ENDINGS = re.compile(r"(?:입니다|이에요|예요|と申します|です)$|\s{1,3}(?:here|speaking)$|(?: ཡིན།| ཡིན)$", re.I)
_BETWEEN_WORDS = re.compile(r"[\s·.]+")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# English words that make a sentence; a name may hold one of them by chance (My, To), never two.
_OF_SENTENCES = frozenset(
    (  # noqa: SIM905 -- as words on a line they can be read
        "i you he she it we they me him her us them my your his our their a an the this that these those is are am "
        "was were be been do does did have has had not no yes ok okay hello hi hey bye goodbye thanks thank please "
        "help want need can could will would should to of for from about with at on in and or but what who when where "
        "why how name phone number address complaint complain report problem issue speak english chinese don't dont "
        "can't cant stop cancel quit exit back test nothing none skip unknown anonymous everyone again sorry money "
        "wage wages boss company house land paid pay owe owes noise police government"
    ).split()
)


def in_any_script(text: str) -> str | None:
    """The name that the text is, dots as ·, else as typed; None where it holds Chinese characters only and no dot."""
    own = _without_lead(text.strip(_EDGES))
    name = _AROUND_DOT.sub("·", own).strip(_EDGES + "-·")
    seen = visible(name)
    letters = [sign for sign in seen if is_letter(sign)]
    han = sum(map(is_han, letters))
    if not letters or len(seen) > LONGEST or not all(_may_stand(sign) for sign in seen):
        return None
    if han == len(letters):
        return name if "·" in name and _is_dotted(name) else None
    if han > _MOST_HAN or len(letters) < 2 or len(seen.split()) > _MOST_WORDS or _is_sentence(seen):
        return None
    return name


def surely_a_name(name: str) -> bool:
    """Whether a name that stands alone is one whatever was asked: dots between Chinese characters, or capitals at the
    beginning of two to four words, as in no sentence."""
    if _is_dotted(name):
        return True
    words = [one for one in _BETWEEN_WORDS.split(name) if one]
    starts = all(one[0].isupper() and not one[1:2].isupper() or "'" in one or "’" in one for one in words)
    common = any(one.lower() in _OF_SENTENCES for one in words)
    return _FEWEST_CAPITALS <= len(words) <= _MOST_CAPITALS and starts and not common


def _without_lead(text: str) -> str:
    lead = _LEADS.match(text)
    own = text[lead.end() :] if lead else text
    return _ENDINGS.sub("", own).strip(_EDGES)


def _may_stand(sign: str) -> bool:
    return is_letter(sign) or sign in _INSIDE or unicodedata.category(sign).startswith("M")


def _is_dotted(name: str) -> bool:
    """Chinese characters with dots between: two to five parts, each no longer than a name is."""
    parts = name.split("·")
    return 2 <= len(parts) <= 5 and all(0 < len(one) <= 12 and all(map(is_han, one)) for one in parts)


def _is_sentence(text: str) -> bool:
    words = [one.lower().replace("’", "'") for one in _WORDS.findall(text)]
    plain = [one for one in words if one in _OF_SENTENCES]
    cased = [one for one in text.split() if one[0].lower() != one[0].upper()]
    small = sum(one[0].islower() for one in cased)  # names have capitals, but for a “de la” or two
    return len(plain) >= 2 or len(plain) == len(words) > 0 or len(cased) >= 4 and small > len(cased) / 2
