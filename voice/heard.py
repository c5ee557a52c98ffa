"""What was recognised as what is shown: simplified characters, Chinese punctuation, figures as people write them.

The recogniser writes traditional characters now and then, invents the end of a film where nobody speaks, and
repeats itself on noise. Characters that only sound like the right ones are put right by `homophones.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from opencc import OpenCC

from voice import figures, homophones, names
from voice.numerals import MOST_FIGURES, value

LONGEST = 2_000
"""Characters that are read; a piece of 30 seconds has some 150."""

_HAN = "\u4e00-\u9fff"
_INVENTED = re.compile(  # nobody says these to a petition office; 16 signs at most belong to each
    r"(?:字幕(?:由|提供|志愿|制作|by|組|组)|请不吝点赞|明镜与点点|Amara|以下是普通话的句子|中文字幕|優優獨播|优优独播"
    r"|订阅我的频道|点赞订阅|本期视频|下期(?:视频|节目)?再见)[^。！？!?\n]{0,40}[。！？!?]?",
    re.IGNORECASE,
)
_ALONE = frozenset(("谢谢观看", "谢谢收看", "谢谢大家收看", "感谢观看", "感谢收看", "谢谢大家", "多谢收看", "再见", "字幕", "音乐", "掌声", "嗯", "啊", "呃"))  # fmt: skip
_LOOP = re.compile(r"(.{2,24}?)\1{3,}", re.DOTALL)
_ONLY_FIGURES = re.compile("[0-9零〇一幺二两三四五六七八九]+")
_SAME_SIGN = re.compile(r"([^\W0-9零〇一幺二两三四五六七八九])\1{5,}|([，。、！？…])\2+")
_BLANKS_IN_CHINESE = re.compile(rf"(?<=[{_HAN}，。？！、；：])\s+|\s+(?=[{_HAN}，。？！、；：])")
_MARKS = {",": "，", "?": "？", "!": "！", ";": "；", ":": "："}
_MARK = re.compile(r"[,?!;:](?![0-9])|(?<![0-9])[,:](?=[0-9])")
_STOP = re.compile(r"(?<![0-9A-Za-z])\.|\.(?![0-9A-Za-z.])")
_THOUSANDS = re.compile(r"(?<![0-9])([0-9]{1,3})((?:,[0-9]{3}){1,4})(?![0-9])")
_ENDS = "，。！？、；：.,!?;: \t\n…"

_LETTER_NAMES = (
    ("艾克斯", "X"), ("埃克斯", "X"), ("爱克斯", "X"), ("达不溜", "W"), ("艾弗", "F"), ("艾福", "F"), ("爱抚", "F"), ("艾尺", "H"), ("诶取", "H"),
    ("艾勒", "L"), ("艾姆", "M"), ("艾斯", "S"), ("阿尔", "R"), ("诶", "A"), ("必", "B"), ("逼", "B"), ("比", "B"), ("西", "C"), ("弟", "D"), ("低", "D"),
    ("地", "D"), ("衣", "E"), ("一衣", "E"), ("伊", "E"), ("记", "G"), ("鸡", "G"), ("吉", "G"), ("杰", "J"), ("开", "K"), ("恩", "N"), ("批", "P"),
    ("皮", "P"), ("扣", "Q"), ("踢", "T"), ("提", "T"), ("微", "V"), ("维", "V"), ("外", "Y"), ("歪", "Y"), ("贼", "Z"),
)  # fmt: skip
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]{1,24}")
_BY_PLACE = re.compile(r"[零〇一幺二三四五六七八九]{5,40}")
_YEAR = re.compile(r"([一二][零〇一二三四五六七八九]{3})(?=年)")
_PERCENT = re.compile(r"百分之([零一二两三四五六七八九十百]{1,7})(?:点([零一二三四五六七八九]{1,4}))?")
_COUNTED = ("元", "块", "万", "天", "日", "号", "月", "岁", "户", "亩", "人", "年", "平", "公里", "米", "斤", "吨", "分", "点", "个", "楼", "级", "度")  # fmt: skip
_HOUSE = re.compile(r"(?:号楼|号院|号|单元|栋|楼|室|弄|幢|门)")
_ROOM = re.compile(r"(?<=[单元栋楼层幢])[零〇一二三四五六七八九]{3,4}(?=$|[室，。,])")
_LED_ADDRESS = re.compile(
    r"^(?:嗯|那个|[，,])*(?:我?(?:现在)?(?:家?住在?|的?(?:家庭)?(?:住址|地址)就?是?在?)|我家就?在)[，,：]?"
)
_VAGUE = "多几来余把"


def understood(text: str, kind: str, *, repair: bool = True) -> str:
    """`text` of the recogniser as it is shown; "" when only noise was heard.

    `kind` is the field: words, name, phone, id_number, case_number or address. Numbers of a field for numbers come
    without anything beside them; a text without any figure comes back as words. Without `repair` homophones stay.
    """
    plain = _clean(text)
    if kind in ("phone", "id_number"):
        return figures.heard(plain, with_x=kind == "id_number") or plain
    if kind == "case_number":
        return _case_number(plain) or plain
    if kind == "name":
        return names.alone(plain.strip(_ENDS))
    places = kind == "address"
    if places:
        plain = _LED_ADDRESS.sub("", plain).rstrip("。，")
    return with_numbers(homophones.repaired(plain, places=places) if repair else plain, address=places)


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("tw2s")


def _clean(text: str) -> str:
    plain = _simplifier().convert(text[:LONGEST]).strip()
    plain = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), plain)
    plain = _INVENTED.sub("", plain)
    plain = _SAME_SIGN.sub(lambda found: (found[1] or found[2])[:1] * (2 if found[1] else 1), _LOOP.sub(_once, plain))
    plain = _BLANKS_IN_CHINESE.sub("", plain)
    plain = _STOP.sub("。", _MARK.sub(lambda found: _MARKS[found[0]], plain))
    return "" if plain.strip(_ENDS) in _ALONE or not plain.strip(_ENDS) else plain.strip()


def _once(found: re.Match[str]) -> str:
    """What was repeated, but a row of figures as it is: 13800000000."""
    return found[0] if _ONLY_FIGURES.fullmatch(found[1]) else found[1]


def _case_number(text: str) -> str:
    """The signs of a case number, with its hyphens when there are as many as one has."""
    told = figures.several(text)
    for name, letter in _LETTER_NAMES:
        told = told.replace(name, letter)
    signs = re.sub("[^0-9A-Z]", "", figures.plain(told).upper())
    body = signs.removeprefix("XF")
    if not any(c.isdigit() for c in body):
        return ""
    return f"XF{body[:8]}-{body[8:12]}-{body[12:16]}-{body[16:]}" if len(body) == 18 else signs


def with_numbers(text: str, *, address: bool = False) -> str:
    """Years, sums, dates and long numbers in figures; small counts (三个月) and vague ones (十几天) stay as they were said."""
    told = _YEAR.sub(lambda found: figures.plain(found[0]), text)
    told = _PERCENT.sub(_percent, told)
    told = _BY_PLACE.sub(lambda found: figures.plain(found[0]), told)
    if address:
        told = _ROOM.sub(lambda found: figures.plain(found[0]), told)
    return _NUMERAL.sub(lambda found: _numeral(found, address), told)


def _percent(found: re.Match[str]) -> str:
    whole = value(found[1])
    if whole is None:
        return found[0]
    return f"{whole}{'.' + figures.plain(found[2]) if found[2] else ''}%"


def _numeral(found: re.Match[str], address: bool) -> str:
    run, before, after = found[0], found.string[: found.start()][-1:], found.string[found.end() :][:2]
    number = value(run)
    if (
        number is None
        or len(run) > MOST_FIGURES * 2
        or after[:1] in _VAGUE
        and after
        or before in ("第", "几", "数", "好")
    ):
        return run
    if address:
        return str(number) if _HOUSE.match(after) else run
    if run[-1] in "万亿" and number % 10_000 == 0:
        head = value(run[:-1]) if run[-1] == "万" else None
        return f"{head}万" if head is not None and head > 9 else run
    if len(run) > 1 and number >= 10 and (number >= 100 or after.startswith(_COUNTED)):
        return str(number)
    if (
        after[:1] in ("月", "号", "日")
        and after[:1]
        and before in ("年", "月")
        or after[:1] == "月"
        and _day_follows(found)
    ):
        return str(number)
    return run


def _day_follows(found: re.Match[str]) -> bool:
    return bool(
        re.match(
            r"月(?:[一二三]?十?[一二三四五六七八九]|十|二十|三十|[0-9]{1,2})[号日]", found.string[found.end() :][:6]
        )
    )
