# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""Place, unit, sum and day out of an account: only what is said plainly, and said back.

Precision first: one clear mention is taken, two different ones are left to the citizen. What is
taken is read out at once and again at the end, so nothing wrong gets into the record unseen.
"""

from __future__ import annotations

import re

from bot.characters import HAN
from bot.dialogue.reading.sums import only_sum
from bot.dialogue.reading.times import only_day
from bot.dialogue.text import MARKS, aligned, without_particles

_PLACE_LED = re.compile(
    rf"(?:(?:事发|发生的?|出事的?)(?:地点|地方|位置)(?:是|在|就在|:|：)+|(?:^|[,，。;；\s])地点(?:是|在|就在|:|：)+|(?:事情|这事|事)(?:就)?(?:是)?发生在|事发在)([{HAN}A-Za-z0-9\-]{{2,40}})"
)
_PLACE_IN = re.compile(
    rf"(?:^|[,，。;；\s我们俺])(?:就)?在([{HAN}A-Za-z0-9]{{2,16}}?(?:工地|小区|家园|花园|新城|村|镇|街道|大道|路\d*号?|广场|市场|工业园|开发区))(?=(?:上|里|里面|那边|附近|门口|旁边)?(?:干活|打工|做工|做活|上班|买了?房|买的|住|开店|做生意|施工|摆摊|被|租))"
)
_PLACE_STOP = re.compile(r"(?:[,，。;；!！]|我|想|要|希望|请|电话|单位).*$")
_UNIT_LED = re.compile(
    rf"(?:(?:涉及|反映|被反映|投诉|责任|对方)的?(?:单位|部门|公司)(?:是|叫|为|:|：)+|(?:反映|投诉|举报|要告|告)的(?:就)?是|(?:公司|开发商|物业)(?:名字)?(?:叫|名叫|是叫)|(?:^|[,，。;；\s])单位(?:就)?(?:是|叫|:|：))\s*([{HAN}A-Za-z0-9（）()]{{3,30}})"
)
_UNIT_TAIL = re.compile(
    r"^(.{2,28}?(?:有限责任公司|有限公司|公司|集团|医院|学校|中学|小学|幼儿园|物业|派出所|人民政府|镇政府|村委会|居委会|街道办(?:事处)?|局|厂|中心|银行|合作社|项目部))"
)
_UNIT_DOES = re.compile(
    rf"(?:^|[,，。;；\s])(?:是|被|就是)?([{HAN}A-Za-z]{{2,10}}?(?:有限公司|公司|集团|派出所|镇政府|村委会))(?=欠|拖欠|不给|不交|不发|没给|没发|没交|强行|违法|乱收|克扣|骗|把我)"
)
_VAGUE_UNIT = re.compile(
    r"[说的了是在到给把被就都也还又想要去回来去找让从因所以]|^(?:我|俺|咱|他|她|它|这|那|该|有|某|一家|一个|一些|几个|哪|什么|因为|但是|可是|结果|后来|现在|当时|今年|去年|前年|从|在|到|去|和|跟|找|说|叫|让|的|了|原来|以前|老板|小区|对方|很多|好多|所有|全|每|别|其他|附近|旁边|隔壁|楼下|楼上|当地|本地|外地|上面|下面|工地|劳务|建筑|施工|装修|开发|物业|保险|快递|中介|网络|理财|小|大)(?:公司|单位|厂|集团|物业|医院|学校|银行)?$"
    r"|^(?:我|俺|咱|他|她|这|那|该|某|因为|但是|可是|结果|后来|当时|说|叫|让|跟|和|找|给|替|帮|把|将|对|向)|[我你他她]们?的?(?:公司|厂|单位)"
)


_LEAD_INS: dict[str, re.Pattern[str]] = {
    "place": re.compile(
        r"^(?:这事|这个事|事情|事)?(?:就)?(?:是)?(?:发生)?(?:的)?(?:地点|地方|位置)?(?:是|就?在|为|:|：){0,3}"
    ),
    "about_unit": re.compile(
        r"^(?:我)?(?:要)?(?:反映|投诉|举报|告|涉及)?(?:的)?(?:单位|公司|部门|对方)?(?:就)?(?:是|叫|为|:|：){0,3}"
    ),
    "happened": re.compile(r"^(?:大概|大约|应该|好像|就)?(?:时间)?(?:是|在|从|为|:|：){0,3}"),
    "amount": re.compile(r"^(?:一共|总共|大概|大约|差不多|金额|涉及)?(?:的)?(?:钱|金额)?(?:是|有|为|:|：){0,3}"),
}
_LONGEST = {"about_unit": 30, "place": 60, "amount": 20, "happened": 20}
SIDE_FIELDS = frozenset(_LEAD_INS)
PLACE, UNIT = "place", "about_unit"
SAME_WORDS = frozenset({PLACE, "address"})  # told apart by the question only


_WHEN = re.compile(r"[今去前昨上那这]|\d{2,4}年|当[年时]")  # “发生在去年” names no place


def _only(found: list[str]) -> str | None:
    kept = list(dict.fromkeys(one for one in found if one))
    return kept[0] if len(kept) == 1 else None


Pair = tuple[str, str]  # as `aligned` gives it: text to match, text to take from


def _spans(pattern: re.Pattern[str], text: Pair, group: int = 0) -> list[str]:
    matched, typed = text
    return [typed[m.start(group) : m.end(group)] for m in pattern.finditer(matched)]


def _place(text: Pair) -> str | None:
    """A place introduced as one, or where somebody worked, bought or lived."""
    if led := _only(_spans(_PLACE_LED, text, 1)):
        led = _PLACE_STOP.sub("", led).strip()
        return None if _WHEN.match(led) else led or None
    found = _only(_spans(_PLACE_IN, text, 1))
    return None if found and _WHEN.match(found) else found


def _unit(text: Pair) -> str | None:
    """A unit introduced as one, or the named firm or office that owes, refuses or forces."""
    led = []
    for one in _spans(_UNIT_LED, text, 1):
        matched, typed = aligned(one)
        if tail := _UNIT_TAIL.match(matched):
            led.append(typed[: tail.end(1)])
    found = led or _spans(_UNIT_DOES, text, 1)
    return _only([one for one in found if not _VAGUE_UNIT.search(aligned(one)[0])])


def short_value(field: str, text: str) -> str | None:
    """The whole clause without its lead-in, when it is short enough to be the value."""
    matched, typed = aligned(text)
    lead = _LEAD_INS[field].match(matched)
    value = typed[lead.end() if lead else 0 :].strip(MARKS)
    value = without_particles(value)
    return value if value and len(value) <= _LONGEST[field] else None


def particulars(text: str) -> dict[str, str]:
    """{place, about_unit, amount, happened}: those that are plain."""
    pair = aligned(text)
    found = {"place": _place(pair), "about_unit": _unit(pair), "amount": only_sum(text), "happened": only_day(text)}
    return {slot: value for slot, value in found.items() if value}
