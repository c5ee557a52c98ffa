"""A sum of money in a clause that is known to name one, in the citizen's own words."""

from __future__ import annotations

import re

from bot.dialogue.text import aligned

_DIGIT = "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖几"
_UNIT = "十百千万亿拾佰仟"
# Figures, then at most a unit and what is left of it; or a run of Chinese numerals. One way only to read each.
_FIGURES = rf"\d[\d,]*(?:\.\d+)?[{_UNIT}wWkK]{{0,2}}(?:(?<=[{_UNIT}wWkK])[{_DIGIT}\d]{{1,4}})?"
_NUMERALS = rf"(?:好|大|小|上|成)?[{_DIGIT}半十百千万][{_DIGIT}{_UNIT}半]{{0,15}}"
_ABOUT = r"(?:来|把|多|余|出头|上下|左右)?"
_MONEY = rf"(?:块钱|块[{_DIGIT}\d]?|元钱|元整|元|圆|毛钱|角|美元|欧元|港币|人民币|大洋)"
_SUM = re.compile(
    rf"(?<![\d.])(?:{_FIGURES}|{_NUMERALS}){_ABOUT}(?P<unit>[千万亿]?{_ABOUT}{_MONEY}?)(?:多|出头|左右|上下|冒头)?"
)
# What is counted behind a number that is no sum.
_COUNTED = re.compile(
    r"[个人名位户家口亩分厘平年月天日号点岁次回趟遍栋幢楼层室单组队社村里米度斤吨公间套台辆头只棵株样条张份期级届折成%％点:：代块?地倍方立]|小时|分钟|星期|礼拜|周|路"
)
_IS_YEAR = re.compile(r"(?:19|20)\d\d")
_LARGE = re.compile(rf"[{_UNIT}wWkK]")
_FIGURE = re.compile(rf"[\d{_DIGIT}]")
_OWED = re.compile(r"还?欠(?:我|俺|我们|着|了|他|她|下|薪|款)*|还差|还剩|剩下?|没给|要求(?:赔|退|补)|赔我?|退我?")
_ALL = re.compile(r"一共|总共|合计|总计|加起来|拢共|统共|前后")
_LONGEST_BARE = 6  # figures without a unit; more are a number of a phone or a paper


def sum_in(text: str) -> str | None:
    """The sum that is meant: what is still owed, else the whole, else the first."""
    matched, typed = aligned(text)
    found = [(at.start(), at.end()) for at in _SUM.finditer(matched) if _is_sum(matched, at)]
    if not found:
        return None
    start, end = _after(_OWED, matched, found) or _after(_ALL, matched, found) or found[0]
    return typed[start:end]


def _is_sum(matched: str, at: re.Match[str]) -> bool:
    words = at.group()
    if any(one in words for one in ("块", "元", "圆", "毛钱", "角", "币", "大洋")):
        return not (words.endswith("块") and matched.startswith(("地", "田", "砖", "板", "牌", "石"), at.end()))
    if not _FIGURE.search(words) or _COUNTED.match(matched, at.end()):
        return False
    if _LARGE.search(words):
        return words.strip("来把多余") not in ("千", "万", "百", "十", "千万", "万一", "百千")
    return words.isascii() and 2 <= len(words) <= _LONGEST_BARE and not _IS_YEAR.fullmatch(words)


def _after(lead: re.Pattern[str], matched: str, found: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first sum behind the last of these words."""
    leads = [one.end() for one in lead.finditer(matched)]
    return next((span for span in found if leads and span[0] >= leads[-1]), None)
