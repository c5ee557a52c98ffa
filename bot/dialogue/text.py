"""Width, digits and punctuation of what people type or dictate."""

from __future__ import annotations

import re
import unicodedata

from bot.characters import HAN, is_han, visible
from bot.understanding.normalise import folded, simplified

_SPOKEN = str.maketrans("零〇洞幺一二两三四五六七八九", "00011223456789")
_PUNCT = re.compile(r"[\s,，.。!！?？;；:：、~～…\-—_“”\"'‘’()（）\[\]【】《》]+")
_ENDINGS_BACKWARDS = re.compile(r"(?:[吧啊呀哦噢哈啦嘛咯喽哟]|谢谢|了烦麻)+")
_LINE_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BETWEEN_FIGURES = re.compile(
    rf"(?<=\d)(?:[^\S\t{_LINE_BREAKS}]|[\-‐‒–—―−.,，、])+(?=\d)"
)  # a line break or a tab is a border
BORDER = re.compile(rf"[\t{_LINE_BREAKS}]\s*")
_LIST_NUMBER = re.compile(
    r"(?:^|(?<=[\t\n\r\x0b\x0c\x85\u2028\u2029]))[ \u3000]{0,9}(?:[(（]?\d{1,2}(?:[)）、．]|[.:：](?!\d))|[①-⑳⑴-⒇⒈-⒛])[ \u3000]{0,9}"
)
_USUAL = re.compile(
    f"[\x00-\x7f{HAN}\u2010-\u206f\u3000-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20]*"
)  # what most messages are made of
_WORD = re.compile("[A-Za-z]{2,}")
_MOST_COUNTED = 4_000  # characters of a text in another script: more than any answer has to say
_WORD_OF = 8  # letters: a script without blanks writes about as many as a word or two
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
    """How much is said: Chinese characters, and words of any other script of Unicode. One letter is a word only where
    a letter is a syllable or more, as in Tibetan and Korean, which have no capitals."""
    if _USUAL.fullmatch(text):
        words = (len(one) for one in _WORD.findall(text))
        return han_count(text) + sum((size + _WORD_OF - 1) // _WORD_OF for size in words)
    count = run = 0
    last = ""
    for one in f"{text[:_MOST_COUNTED]} ":
        if unicodedata.category(one)[0] in "LM" and not is_han(one):
            run += 1
            last = one
            continue
        count += is_han(one) + (run + _WORD_OF - 1) // _WORD_OF * (run > 1 or last.lower() == last.upper())
        run = 0
    return count


def is_other_script(text: str) -> bool:
    """Whether nearly all of what is said is not in Chinese characters."""
    return said_count(text) > 5 * han_count(text)


def is_unlearnt(text: str) -> bool:
    """Whether most of its letters are neither Chinese nor Latin, the scripts of which the models have read enough."""
    letters = [one for one in text[:_MOST_COUNTED] if unicodedata.category(one)[0] in "LM"]
    learnt = sum(is_han(one) or unicodedata.name(one, "").startswith("LATIN") for one in letters)
    return learnt * 2 < len(letters)


def borders_marked(text: str) -> str:
    """Each line and each cell of a table ended by a comma, list numbers in front of them left out: two lines are two
    things. For matching values, never for the record."""
    return "，".join(one.rstrip() for one in BORDER.split(_LIST_NUMBER.sub("", text.strip())))


def without_list_number(text: str) -> str:
    """“1.花园小区” as 花园小区, “①” and “(2)” likewise; a figure that goes on (“1.5”) stays."""
    return _LIST_NUMBER.sub("", text)


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
