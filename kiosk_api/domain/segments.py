"""How many parts a text message has. A phone company counts and charges parts, and phones show long messages badly.

A part has 140 bytes (3GPP TS 23.038 and 23.040): 160 characters of the GSM alphabet, or 70 code units of UTF-16 as soon
as one character is outside it, as every Chinese one is. A message of several parts spends 6 bytes of each on its
number: 153 or 67. Neither a pair of surrogates nor an escaped sign is split between two parts.
"""

from __future__ import annotations

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = frozenset("\f^{}\\[~]|€")  # two places each
ALONE, IN_SEVERAL = (160, 153), (70, 67)


def segments(text: str) -> int:
    """Parts that this text is sent in; none for an empty one."""
    if not text:
        return 0
    plain = all(one in GSM or one in ESCAPED for one in text)
    alone, most = ALONE if plain else IN_SEVERAL
    sizes = [_places(one, plain) for one in text]
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > most:
            parts, used = parts + 1, 0
        used += size
    return parts


def _places(character: str, plain: bool) -> int:
    if plain:
        return 2 if character in ESCAPED else 1
    return 2 if ord(character) > 0xFFFF else 1
