"""Text as a person reads it aloud: 2026-03-15 → 二零二六年三月十五日, 12,000元 → 一万二千元.

The voice knows Chinese syllables only, so figures, units, Latin letters and signs become characters here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from voice import letters
from voice.numerals import MOST_FIGURES, by_place, written

LONGEST = 4_000
"""Characters that are read of one text."""

PAUSE = "，"
_UNITS = {
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "km²": "平方公里", "km2": "平方公里", "m³": "立方米",
    "m3": "立方米", "km": "公里", "cm": "厘米", "mm": "毫米", "m": "米", "kg": "公斤", "g": "克", "mg": "毫克",
    "ml": "毫升", "l": "升", "t": "吨", "℃": "摄氏度", "°C": "摄氏度", "kw": "千瓦", "kb": "千字节",
    "mb": "兆", "gb": "千兆", "db": "分贝", "%": "%", "‰": "‰", "h": "小时", "dpi": "点",
}  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,6})?(?![0-9])|[0-9]{1,30}(?:\.[0-9]{1,6})?"
_DASH = r"\s?[-–—−~～至到]{1,2}\s?"
_BEFORE_PLACES = (  # words that a number read by place follows
    "尾号", "后四位", "编号", "回电码", "验证码", "提取码", "卡号", "账号", "房号", "学号", "车牌", "电话", "手机",
    "手机号", "热线", "号码", "拨打", "先打", "马上打", "打", "拨", "警", "、", "或",
)  # fmt: skip
_SERVICE = re.compile(r"11[0-9]|12[0-2]|12[0-9]{3}|9[56][0-9]{3,4}|100(?:00|1[0-9]|86)")
_MEASURES = "元块万亿天日年月个人条米公亩名户次岁分小时平千百度点周斤吨件份页位字家套间"
_PAIR = re.compile(
    r"(?:个|年(?!级|代|[初末底中])|天|次|人|位|名|户|亩|间|套|条|件|份|张|块|元|万|亿|千|小时|分钟|点|周|星期|岁"
    r"|米|公里|公斤|平方|吨|斤|种|家|遍|页|只|辆|步|头|趟|倍|口|项|台|句|字|行|毛|角|眼|边|回|百(?!分))"
)
"""What 两 stands before, and not 二."""

_TOKEN = re.compile(
    rf"""
    (?P<case>XF(?P<stamp>[0-9]{{8}})-?(?P<four>[0-9A-Z]{{4}})-?(?P<more>[0-9A-Z]{{4}})-?(?P<check>[0-9A-Z]{{2}})(?![0-9A-Za-z]))
  | (?P<date>(?P<y>(?:19|20)[0-9]{{2}})(?P<sep>[-./])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9]))
  | (?P<identity>[0-9]{{17}}[0-9Xx](?![0-9A-Za-z]))
  | (?P<mobile>(?:\+?86[-\s]?)?(?P<subscriber>1[3-9][0-9]{{9}}|1[3-9][0-9][-\s][0-9]{{4}}[-\s][0-9]{{4}})(?![0-9]))
  | (?P<line>(?P<area>0[0-9]{{2,3}})[-\s](?P<local>[0-9]{{7,8}})(?![0-9]))
  | (?P<clock>(?P<hour>2[0-4]|[01]?[0-9]):(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?(?![0-9:]))
  | (?P<years>(?:19|20)[0-9]{{2}}|[89][1-9](?=年))(?=年(?!级|代)|{_DASH}(?:19|20)[0-9]{{2}}年|级|届)
  | (?P<money>[¥￥]\s?(?P<amount>{_NUMBER}))
  | (?P<number>{_NUMBER})(?P<unit>(?:{_UNIT})(?![A-Za-z]))?
  | (?P<link>https?://[^\s，。；、）]{{1,300}})
  | (?P<word>[A-Za-z]{{1,40}}(?:-[A-Za-z]{{1,20}})?)
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"(?<=[0-9%年月日元点时分℃㎡])\s?(?:[-–—−~]{1,2})\s?(?=[0-9])")
_CASE_DASH = re.compile(r"(?<![0-9A-Za-z])XF[0-9A-Z-]{18,24}", re.IGNORECASE)
_SIGNS = str.maketrans({"&": "和", "+": "加", "=": "等于", "×": "乘", "@": "艾特", "#": "井号", "*": "星号", "℃": "摄氏度", "→": PAUSE, "·": "", "•": PAUSE, "_": PAUSE, "/": PAUSE, "|": PAUSE, "\\": PAUSE, "%": "百分号", "㎡": "平方米", "~": "到"})  # fmt: skip
_FRACTION = re.compile(r"(?<![0-9/.])([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/.])")


def as_read(text: str) -> str:
    """`text` (at most 4,000 characters are read) in characters that a Mandarin voice can say, punctuation kept.

    Nothing is raised: a sign without a reading is left out or kept as it is.
    """
    plain = _plain(text[:LONGEST])
    plain = _FRACTION.sub(_fraction, plain).replace("#号", "井号").replace("*号", "星号")
    plain = _TOKEN.sub(_said, _ranges(plain))
    return plain.translate(_SIGNS)


def _plain(text: str) -> str:
    """Full-width figures and letters as narrow ones; Chinese punctuation stays, and so do ㎡ and ℃."""
    return "".join(
        unicodedata.normalize("NFKC", c) if "０" <= c <= "ｚ" or c in "％＋－：～" and c != "：" else c for c in text
    )


def _ranges(text: str) -> str:
    """8-12岁 → 8到12岁; dates, telephone and case numbers keep their hyphens."""
    kept: list[str] = []
    end = 0
    for found in _KEPT.finditer(text):
        kept += (_RANGE.sub("到", text[end : found.start()]), found[0])
        end = found.end()
    return "".join((*kept, _RANGE.sub("到", text[end:])))


_KEPT = re.compile(
    r"XF[0-9A-Z-]{18,24}|(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
    r"|(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|(?<![0-9])1[3-9][0-9]-[0-9]{4}-[0-9]{4}(?![0-9])"
)


def _fraction(found: re.Match[str]) -> str:
    above, below = int(found[1]), int(found[2])
    return f"{written(below)}分之{written(above)}" if above < below else found[0]


def _said(found: re.Match[str]) -> str:
    return _READERS[found.lastgroup if found.lastgroup in _READERS else _kind(found)](found)


def _kind(found: re.Match[str]) -> str:
    return next(name for name in _READERS if found[name] is not None)


def spelt_signs(signs: str) -> str:
    """Figures and letters one by one, 1 as 幺: XF12 → 艾克斯艾弗幺二."""
    return "".join(by_place(c, spoken=True) if c.isdigit() else letters.said(c) for c in signs)


def _case(found: re.Match[str]) -> str:
    stamp = found["stamp"]
    parts = ("XF", stamp[:4], stamp[4:], found["four"], found["more"], found["check"])
    return PAUSE.join(spelt_signs(part) for part in parts)


def _date(found: re.Match[str]) -> str:
    return f"{by_place(found['y'])}年{written(int(found['m']))}月{written(int(found['d']))}日"


def _identity(found: re.Match[str]) -> str:
    number = found["identity"].upper()
    return PAUSE.join(spelt_signs(part) for part in (number[:6], number[6:14], number[14:]))


def _mobile(found: re.Match[str]) -> str:
    number = "".join(c for c in found["subscriber"] if c.isdigit())
    return PAUSE.join(by_place(part, spoken=True) for part in (number[:3], number[3:7], number[7:]))


def _line(found: re.Match[str]) -> str:
    local = found["local"]
    return PAUSE.join(by_place(part, spoken=True) for part in (found["area"], local[:-4], local[-4:]))


def _clock(found: re.Match[str]) -> str:
    hour, minute, second = int(found["hour"]), found["minute"], found["second"]
    text = ("两" if hour == 2 else written(hour)) + "点"
    if minute != "00" or second:
        text += ("零" if minute[0] == "0" and minute != "00" else "") + written(int(minute)) + "分"
    return text + (f"{written(int(second))}秒" if second else "")


def _years(found: re.Match[str]) -> str:
    return by_place(found["years"])


def _money(found: re.Match[str]) -> str:
    return _quantity(found["amount"], "元") + "元"


def _number(found: re.Match[str]) -> str:
    figures, unit = found["number"], _UNITS.get(found["unit"] or "", "")
    before, after = found.string[: found.start()], found.string[found.end() :]
    if unit == "" and found["unit"]:
        unit = _UNITS.get(found["unit"].lower(), found["unit"])
    if unit in ("%", "‰"):
        return ("百分之" if unit == "%" else "千分之") + _quantity(figures, "")
    if unit == "" and _is_by_place(figures, before[-4:], after[:1]):
        return by_place(figures, spoken=True)
    if before.endswith("第") or before.endswith(tuple("年月.")):
        return _quantity(figures, "") + unit
    return _quantity(figures, unit or after[:3]) + unit


def _is_by_place(figures: str, before: str, after: str) -> bool:
    """Numbers that name something: of a telephone, a room, a slip."""
    if not figures.isdigit():
        return False
    if len(figures) > MOST_FIGURES or figures.startswith("0") and len(figures) > 1:
        return True
    counted = after in _MEASURES and after != ""
    if after in ("室", "房") and len(figures) > 2:
        return True
    if before.endswith("第") or counted:
        return False
    return (
        bool(_SERVICE.fullmatch(figures)) or len(figures) >= 7 or len(figures) > 3 and before.endswith(_BEFORE_PLACES)
    )


def _quantity(figures: str, unit: str) -> str:
    """A number with or without decimals before `unit`, which decides on 两 or 二."""
    whole, _, decimals = figures.replace(",", "").partition(".")
    if len(whole) > MOST_FIGURES:
        return by_place(whole, spoken=True)
    text = written(int(whole))
    if decimals:
        return f"{text}点{by_place(decimals)}"
    if text == "二":
        return "两" if _PAIR.match(unit) else "二"
    return "两" + text[1:] if text.startswith(("二千", "二万", "二亿")) else text


def _link(_: re.Match[str]) -> str:
    return "网址"


def _word(found: re.Match[str]) -> str:
    return letters.said(found["word"])


_READERS: dict[str, Callable[[re.Match[str]], str]] = {
    "case": _case, "date": _date, "identity": _identity, "mobile": _mobile, "line": _line, "clock": _clock,
    "years": _years, "money": _money, "number": _number, "link": _link, "word": _word,
}  # fmt: skip
