"""Latin letters and abbreviations in Chinese syllables: the voice has no English sounds."""

from __future__ import annotations

LETTERS = {
    "A": "诶", "B": "必", "C": "西", "D": "弟", "E": "衣", "F": "艾弗", "G": "记", "H": "诶取", "I": "爱",
    "J": "杰", "K": "开", "L": "艾勒", "M": "艾姆", "N": "恩", "O": "欧", "P": "批", "Q": "扣", "R": "阿尔",
    "S": "艾斯", "T": "踢", "U": "优", "V": "微", "W": "达不溜", "X": "艾克斯", "Y": "外", "Z": "贼",
}  # fmt: skip
"""As people say them over the telephone."""

WORDS = {
    "ENGLISH": "英文",
    "WHATSAPP": "瓦次艾普",
    "WIFI": "无线网",
    "WI-FI": "无线网",
    "EMAIL": "邮箱",
    "E-MAIL": "邮箱",
    "QR": "二维",
    "OK": "好",
    "HTTP": "网址",
    "HTTPS": "网址",
    "WWW": "三达不溜",
}
"""Said as a word, not letter by letter."""


def said(run: str) -> str:
    """A run of letters as one says it: PDF → 批弟艾弗."""
    known = WORDS.get(run.upper())
    return known if known is not None else "".join(LETTERS.get(sign, sign) for sign in run.upper())
