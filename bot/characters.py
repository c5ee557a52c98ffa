"""Which signs are Chinese characters, which are letters of any script, and which cannot be seen.

The one place that says so: a pattern that needs a Chinese character takes `HAN` from here.
"""

from __future__ import annotations

import re
import unicodedata

# Inside the brackets of a pattern. Every block of Unicode's script Han: radicals, 々 and 〇, extension A, the first
# block, compatibility forms, and planes 2 and 3 as a whole, which hold nothing else (Unicode chapter 18).
HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Between the parts of a name: each looks like the middle dot, and keyboards, scanners and other systems write each.
DOTS = "\u00b7\u0387\u1427\u16eb\u2022\u2024\u2027\u2043\u2218\u2219\u22c5\u25cf\u25e6\u26ab\u2981\u2b24\u2e30\u2e31\u2e33\u30fb\u318d\ua78f\uff0e\uff65"
_OF_HAN = re.compile(f"[{HAN}]")
# Signs without a shape: zero widths, marks of direction, soft hyphen, fillers, variation selectors (the most of
# Unicode's Default_Ignorable_Code_Point, DerivedCoreProperties.txt).
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """The text without signs that cannot be seen."""
    return _UNSEEN.sub("", text)


def is_han(sign: str) -> bool:
    """Whether one sign is a Chinese character."""
    return bool(_OF_HAN.match(sign))


def is_letter(sign: str) -> bool:
    """Whether one sign is a letter of any script; Chinese characters that this Python does not know yet as well."""
    return is_han(sign) or unicodedata.category(sign).startswith("L")
