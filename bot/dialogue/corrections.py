# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""“电话错了，改成139…”: which field, and what instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.characters import HAN
from bot.dialogue import phones
from bot.dialogue.text import aligned, bare, faithful, narrow, spoken_digits
from bot.petition_fields import FIELD, FIELD_WORDS

_FIELD_NAMED = tuple((slot, re.compile(words)) for slot, words in FIELD_WORDS)
_NO_FIGURE = re.compile(r"\D")
_FIELD = "|".join(f"(?P<{slot}>{words})" for slot, words in FIELD_WORDS)
_LEAD = r"(?:不对|错了|等等|等一下|哦|噢|啊|对了|不好意思|稍等|刚才|刚刚|前面|上面|之前|那个|我的?|把|请|帮我|麻烦|我想|我要|我说的|,|，|。|\s)*"
_WRONG = r"(?:(?:刚才|刚刚|前面)?(?:我)?(?:写|填|打|输|说|记|报|弄|搞|念)?(?:错了?|反了|的?不对|得不对)(?:了)?(?:一?个字|一位)?)"
_TO = r"(?:应该是|应为|应当是|应该叫|改成|改为|换成|更正为|更正成|改到|变成|换为|改做|改|是|叫|为|:|：)"
_WITH_VALUE = re.compile(
    rf"^{_LEAD}(?:{_FIELD})(?:的?(?:{_WRONG})[,，。;；\s!！]*(?:要|得|请|帮我)?(?:{_TO})|(?:要|得|请|帮我)?"
    rf"(?:改成|改为|换成|更正为|更正成|变成|应该是|应为|应当是))[\s:：]*(?P<value>.+)$",
    re.S,
)
_CHANGE_TO = re.compile(
    rf"^{_LEAD}(?:修改|改|更正|换|更改|纠正)(?:一下|下|个)?(?:我的)?(?:{_FIELD})(?:改?成|改?为|是|:|：|,|，)+\s*(?P<value>.+)$",
    re.S,
)
_MY_FIELD_IS = re.compile(
    rf"^(?:不对|错了|说错了|写错了|填错了|打错了)[,，。\s]*(?:我的?)?(?:{_FIELD})(?:应该)?(?:是|叫|:|：)\s*(?P<value>.+)$",
    re.S,
)
_ONLY_FIELD = re.compile(
    rf"^(?:我想|我要|想|要|需要|请|帮我|麻烦)?(?:修改|改|更正|换|更改|重填|重新填|重写|纠正)(?:一下|下|个)?(?:我的)?(?:{_FIELD})(?:一下)?$"
    rf"|^(?:等一?下|等等|不对|慢着|哦|哎|对了|对?但是?|可是)?(?:刚才|刚刚|前面|上面|之前)?(?:那个|我的|我)?(?:的)?(?:{_FIELD.replace('?P<', '?P<b_')})(?:{_WRONG}|要改|需要改|改一下|有错|有误|要修改)$"
)
_APPEND = re.compile(
    r"^(?:对了[,，]?)?(?:我|我还|我再|还|再)?(?:有(?:一点|一句|一条|点|个)?)?(?:再|还)?(?:要|想|得|需要)?补充"
    r"(?:(?:一下|一点|一句|几句|说明|事实|情况|内容|的)+[\s:：,，。]*|[\s:：,，。]+|$)(?P<value>.*)$",
    re.S,
)
_REPRESENTATIVE = re.compile(
    r"^(?:[^,，\s\d]{1,6}[,，\s])?(?:我们|咱们|俺们|大家|大伙)?(?:再|还|又)?(?:有|加|添加|增加|加上|推|选|推选|推举)?(?:出|了|的)?(?:一个|一位|个)?"
    rf"代表人?(?:还有|就是|是|:|：|叫|姓名|,|，|\s){{0,3}}(?P<name>[{HAN}·]{{2,8}}?)"
    r"[\s,，:：]{0,3}(?:的?(?:联系)?(?:电话|手机号?|号码)(?:是|:|：)?|是)?\s{0,3}(?P<phone>[+(\d][\d\s\-()转分机号#]{6,30})[^\d,，]{0,4}$"
)


@dataclass(frozen=True)
class Correction:
    """A field to change; value None asks for it again."""

    slot: str
    value: str | None


def _slot(found: re.Match[str]) -> str:
    return next(slot for slot, _ in FIELD_WORDS if found.groupdict().get(slot) or found.groupdict().get("b_" + slot))


def correction(text: str) -> Correction | None:
    """The correction this message is, or None."""
    matched, typed = aligned(text)
    for pattern in (_WITH_VALUE, _CHANGE_TO, _MY_FIELD_IS):
        if found := pattern.match(matched):
            value = typed[found.start("value") : found.end("value")].strip(" ,，。.;；!！")
            if value and bare(value) not in ("了", "的", "一下"):
                return Correction(_slot(found), value)
    if len(matched) <= 16 and (found := _ONLY_FIELD.match(bare(text))):
        return Correction(_slot(found), None)
    return None


_NOT_BUT = re.compile(
    r"^(?:不对|错了|等等|哦|噢|啊|[,，。\s])*(?:我说的)?(?:应该)?不是\s*(?P<old>[^,，。;；\s][^,，。;；]{0,19}?)[,，。;；\s]*(?:应该|应当)?(?:是|叫|改成)\s*(?P<new>[^,，。;；\s][^,，。;；]{0,39}?)[。!！]*$"
)
_BUT_NOT = re.compile(
    r"^(?:不对|错了|等等|哦|噢|啊|[,，。\s])*(?:应该)?(?:是|叫)\s*(?P<new>[^,，。;；\s][^,，。;；]{0,39}?)[,，。;；\s]+不是\s*(?P<old>[^,，。;；\s][^,，。;；]{0,19}?)[。!！]*$"
)
_PLACE_ENDS = re.compile(r"(街道办事处|街道|社区|小区|开发区|[省市区县镇乡村路街组])$")


def replacement(text: str) -> tuple[str, str] | None:
    """(wrong words, right words) of “不是甲，是乙” or “是乙，不是甲”."""
    matched, typed = aligned(text)
    found = _NOT_BUT.match(matched) or _BUT_NOT.match(matched)
    if not found:
        return None
    return typed[found.start("old") : found.end("old")], typed[found.start("new") : found.end("new")]


def right_words(old: str, new: str) -> str:
    """江浦街道 → 桥林 means 桥林街道: what kind of place it is does not change by itself."""
    ending = _PLACE_ENDS.search(old)
    return new + ending.group(1) if ending and not _PLACE_ENDS.search(new) else new


def addition(text: str) -> str | None:
    """Words to add to the facts (补充：…); '' when only the wish to add was said."""
    found = _APPEND.match(faithful(text))
    return found.group("value").strip() if found else None


def _number(said: str) -> str:
    return phones.one_in(said) or _NO_FIGURE.sub("", spoken_digits(said))


def representative(text: str) -> dict[str, str] | None:
    """{name, phone} of a further representative (Art. 20)."""
    matched, typed = aligned(text)
    found = _REPRESENTATIVE.match(matched)
    if not found:
        return None
    name = typed[found.start("name") : found.end("name")]
    return {"name": name, "phone": _number(found.group("phone"))}


def field_named(text: str) -> str | None:
    """The field a short answer to “改哪一项” names."""
    plain = bare(text)
    if len(plain) > 12:
        return None
    return next((slot for slot, words in _FIELD_NAMED if words.search(plain)), None)


def number_named(text: str) -> str:
    """Which number the words name; the telephone where they name none."""
    said = narrow(text)
    return next((slot for slot, words in _FIELD_NAMED if FIELD[slot].masked and words.search(said)), "phone")


_GROUP = re.compile(
    r"(我们|咱们|俺们|大家|业主|村民|工友|一起|总共|一共|共有?)[^,，。]{0,6}?([2-9]|\d{2,4}|[二三四五六七八九十几两百]{1,4}多?)"
    r"(个|名|位)?(人|户|家|工友|村民|业主|工人)"
)


def speaks_of_group(text: str) -> bool:
    """Several people with one matter (Art. 20: at most five representatives)."""
    return bool(_GROUP.search(narrow(text)))
