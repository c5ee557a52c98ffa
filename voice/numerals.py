"""Chinese numerals: figures to characters and back.

`written(12000)` is 一万二千, `value("一万二千")` is 12000, `by_place("2026")` is 二零二六. Numbers go up to
999,999,999,999; longer runs of figures are read by place.
"""

from __future__ import annotations

FIGURES = "零一二三四五六七八九"
MOST_FIGURES = 12  # of a number that is read as a quantity
_SMALL = ("", "十", "百", "千")
_LARGE = ("", "万", "亿")
_VALUES = {sign: number for number, sign in enumerate(FIGURES)} | {"〇": 0, "两": 2, "幺": 1, "洞": 0}
_TIMES = {"十": 10, "百": 100, "千": 1000}
_MANY = {"万": 10_000, "亿": 100_000_000}
_PLACES = str.maketrans("0123456789", FIGURES)
_SPOKEN_PLACES = str.maketrans("0123456789", "零幺二三四五六七八九")


def by_place(figures: str, *, spoken: bool = False) -> str:
    """Each figure by itself; `spoken`: 幺 for 1, as in telephone numbers."""
    return figures.translate(_SPOKEN_PLACES if spoken else _PLACES)


def written(number: int) -> str:
    """A whole number, 0 to 12 figures, as it is said: 205 → 二百零五, 12 → 十二, 20000 → 二万."""
    if number == 0:
        return FIGURES[0]
    groups = []
    while number:
        number, rest = divmod(number, 10_000)
        groups.append(rest)
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            text += (FIGURES[0] if text and (gap or group < 1000) else "") + _four(group) + _LARGE[place]
        gap = group == 0
    return text[1:] if text.startswith("一十") else text


def _four(group: int) -> str:
    """1 to 9999."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        figure = group // 10**place % 10
        if figure:
            text += (FIGURES[0] if gap and text else "") + FIGURES[figure] + _SMALL[place]
        gap = figure == 0
    return text


def value(text: str) -> int | None:
    """The number that `text` says: 一万二 and 一万二千 are 12000; None when it is no numeral or is read by place."""
    if text[:1] in ("百", "千"):
        return None  # 千万, 百十来个
    total = section = figure = 0
    last = 1  # what the unit before stands for
    figure_open = seen_unit = after_zero = False
    for sign in text:
        if sign in _VALUES:
            if figure_open and figure:
                return None  # two figures in a row: by place
            figure, figure_open = _VALUES[sign], True
            after_zero = after_zero or sign in "零〇"
        elif sign in _TIMES:
            section += (figure if figure_open and figure else 1) * _TIMES[sign]
            last, figure, figure_open, seen_unit, after_zero = _TIMES[sign], 0, False, True, False
        elif sign in _MANY:
            section += figure
            if section == 0 and total == 0:
                return None
            total = (total + section) * _MANY[sign] if sign == "亿" else total + section * _MANY[sign]
            last, section, figure, figure_open, seen_unit, after_zero = _MANY[sign], 0, 0, False, True, False
        else:
            return None
    if figure_open and figure and seen_unit and last >= 100 and not after_zero:
        figure *= last // 10  # 一万二, 三百五
    return total + section + figure if text else None
