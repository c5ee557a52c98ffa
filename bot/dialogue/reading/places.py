"""Where something happened, in the words of a clause that is known to say so."""

from __future__ import annotations

import re

from bot.dialogue.reading.spans import begin_of, is_of_a_name
from bot.dialogue.text import MARKS, aligned, borders_marked

_KINDS = (
    "自治区", "自治州", "自治县", "街道", "大道", "社区", "小区", "新区", "开发区", "工业园", "产业园", "园区", "工地", "服务区", "市场", "广场", "路口",
    "家园", "花园", "公寓", "新城", "新村", "学校", "小学", "中学", "医院", "车站", "码头", "胡同", "大厦", "商城", "公园", "水库", "大桥", "桥头",
    "河边", "山上", "地里", "田里", "厂区", "厂里", "宿舍", "家属院", "高速", "国道", "省道", "隧道", "水塘", "鱼塘", "果园", "林场", "村口", "镇上", "县城",
    "城里", "城东", "城西", "城南", "城北", "城郊", "东郊", "西郊", "南郊", "北郊", "市区", "城区", "屋后", "房后", "门前", "院子", "家门口",
    "[省市县区镇乡村屯庄湾沟坪坝寨街路巷弄里桥站州旗岭坡埠]",
    r"[\d一二三四五六七八九十]{1,4}(?:组|社|队|号|栋|幢|楼|层|室|单元|期|标段|弄)",
)  # fmt: skip
_KIND = re.compile("|".join(_KINDS))
_NO_PLACE = re.compile(  # words that hold such a character and name no place
    r"里面|心里|家里|手里|这里|那里|哪里|夜里|公里|[上半]夜里|村[支委主民干书长]|镇[长政府里党]|乡[长政亲党里]|县[长委里政]|市[长委政里民]|区[长委别政里]|"
    r"路[上费过由灯政]|上路|修路|走路|带路|队长|组长|县官|同村|全村|本村|农村|城市|地区|回乡|老乡|社区|里头|站在|站着|站起|上街|十里|桥[梁下上]|网站|省[得钱事里]|州[长委]"
)
_BESIDE = re.compile(
    r"(?:的)?(?:门口|门前|旁边|对面|附近|后面|后头|前面|前头|边上|里头|里面|隔壁|下面|上面|东头|西头|南头|北头|东边|西边|南边|北边|中间|楼下|楼上|那儿|那边|这边|上|里)"
)
_AT = re.compile(
    r"(?:发生)?(?:就)?(?:在|是在|地点是|地方是)(?P<where>[^,，。;；!！?？在]{2,20}?)(?=被|把|干|打|住|开|上班|修|建|盖|拆|受|出|摔|发生|挖|,|，|。|;|；|的时候|$)"
)
_OURS = re.compile(r"(?:我们?|俺们?|咱们?|本)$")  # “我们村”
_EDGE = MARKS + "的"
_DOOR = re.compile(r"[\d一二三四五六七八九十](?:组|社|队|号|栋|幢|楼|层|室|单元|弄)$")
_NEAR = 8  # characters from the end of one part of a place to the end of the next


def place_in(text: str) -> str | None:
    """The longest place that a clause names; what follows 在 where no kind of place is named."""
    matched, typed = aligned(text)
    spans = _rows(matched)
    if spans:
        start, end = max(spans, key=lambda span: span[1] - span[0])
        return typed[start:end].strip(_EDGE)
    led = _AT.search(matched)
    return typed[led.start("where") : led.end("where")].strip(_EDGE) if led else None


def whole_address(text: str) -> str | None:
    """The address that a text is, part for part and down to the door, with its lines in one; None where it says more."""
    parts = [one.strip(MARKS) for one in borders_marked(text).split("，")]
    matched = aligned("".join(parts))[0]
    if not _DOOR.search(matched) or not all(_rows(one) == [(0, len(one))] for one in map(_matched, parts)):
        return None
    return "".join(parts)


def _matched(text: str) -> str:
    return aligned(text)[0]


def _rows(matched: str) -> list[tuple[int, int]]:
    """Parts of places that follow each other are one: 柳林镇 东王庄村 5组."""
    barred = [one.span() for one in _NO_PLACE.finditer(matched)]
    found: list[tuple[int, int]] = []
    for kind in _KIND.finditer(matched):
        if any(start < kind.end() and kind.start() < end for start, end in barred):
            continue
        if found and _joins(matched, found[-1][1], kind):
            found[-1] = (found[-1][0], kind.end())
            continue
        start = begin_of(matched, kind.start())
        if start == kind.start() and (ours := _OURS.search(matched, 0, start)):
            start = ours.start()
        if kind.end() - start >= 2:
            found.append((start, kind.end()))
    return [(start, _with_beside(matched, end)) for start, end in found]


def _joins(matched: str, end: int, kind: re.Match[str]) -> bool:
    if kind.end() - end > _NEAR:
        return False
    between = matched[end : kind.start()]
    return not between.strip(" 的、") or all(map(is_of_a_name, between)) and begin_of(matched, kind.start()) <= end


def _with_beside(matched: str, end: int) -> int:
    beside = _BESIDE.match(matched, end)
    return beside.end() if beside else end
