# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""“电话错了，改成139…”: which field, and what instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.text import bare, faithful, narrow

FIELD_WORDS: tuple[tuple[str, str], ...] = (
    ("id_number", r"身份证号码?|身份证"),
    ("petitioner_name", r"姓名|名字|名儿"),
    ("phone", r"联系电话|电话号码|手机号码?|电话|手机|联系方式|号码"),
    ("address", r"联系地址|家庭地址|家庭住址|住址|地址"),
    ("about_unit", r"反映的?单位|涉及的?单位|被反映单位|被反映的?单位|单位"),
    ("place", r"事发地点|发生地点|事情发生的?地点|事发地|发生地|地点"),
    ("request", r"诉求|请求|要求"),
    ("facts", r"事实经过|事情经过|情况说明|事实|经过|内容|事情"),
)
_FIELD = "|".join(f"(?P<{slot}>{words})" for slot, words in FIELD_WORDS)
_LEAD = r"(?:不对|错了|等等|等一下|哦|噢|啊|对了|不好意思|稍等|刚才|刚刚|前面|上面|之前|那个|我的?|把|请|请把|帮我把?|麻烦把?|我想把?|我要把?|我说的|,|，|。|\s)*"
_WRONG = r"(?:(?:刚才|刚刚|前面)?(?:我)?(?:写|填|打|输|说|记|报|弄|搞|念)?(?:错了?|反了|的?不对|得不对)(?:了)?(?:一?个字|一位)?)"
_TO = r"(?:应该是|应为|应当是|应该叫|改成|改为|换成|更正为|更正成|改到|变成|换为|改做|改|是|叫|为|:|：)"
_WITH_VALUE = re.compile(
    rf"^{_LEAD}(?:{_FIELD})(?:的?(?:{_WRONG})[,，。;；\s!！]*(?:要|得|请|帮我)?(?:{_TO})|(?:要|得|请|帮我)?"
    rf"(?:改成|改为|换成|更正为|更正成|变成|应该是|应为|应当是))[\s:：]*(?P<value>.+)$", re.S)
_CHANGE_TO = re.compile(
    rf"^{_LEAD}(?:修改|改|更正|换|更改|纠正)(?:一下|下|个)?(?:我的)?(?:{_FIELD})(?:改?成|改?为|是|:|：|,|，)+\s*(?P<value>.+)$", re.S)
_MY_FIELD_IS = re.compile(rf"^(?:不对|错了|说错了|写错了|填错了|打错了)[,，。\s]*(?:我的?)?(?:{_FIELD})(?:应该)?(?:是|叫|:|：)\s*(?P<value>.+)$", re.S)
_ONLY_FIELD = re.compile(
    rf"^(?:我想|我要|想|要|需要|请|帮我|麻烦)?(?:修改|改|更正|换|更改|重填|重新填|重写|纠正)(?:一下|下|个)?(?:我的)?(?:{_FIELD})(?:一下)?$"
    rf"|^(?:等一?下|等等|不对|慢着|哦|哎|对了|对?但是?|可是)?(?:刚才|刚刚|前面|上面|之前)?(?:那个|我的|我)?(?:的)?(?:{_FIELD.replace('?P<', '?P<b_')})(?:{_WRONG}|要改|需要改|改一下|有错|有误|要修改)$")
_APPEND = re.compile(
    r"^(?:对了[,，]?)?(?:我|我还|我再|还|再)?(?:有(?:一点|一句|一条|点|个)?)?(?:再|还)?(?:要|想|得|需要)?补充"
    r"(?:(?:一下|一点|一句|几句|说明|事实|情况|内容|的)+[\s:：,，。]*|[\s:：,，。]+|$)(?P<value>.*)$", re.S)
_REPRESENTATIVE = re.compile(
    r"^(?:再)?(?:加|添加|增加|加上|还有)?(?:一个|一位|个)?代表人?(?:是|:|：|叫)?\s*(?P<name>[\u3400-\u9fff·]{2,8})"
    r"[\s,，:：]*(?:电话|手机|手机号)?(?:是|:|：)?\s*(?P<phone>[+\d][\d\s\-]{6,})$")


@dataclass(frozen=True)
class Correction:
    """A field to change; value None asks for it again."""

    slot: str
    value: str | None


def _slot(found: re.Match[str]) -> str:
    return next(slot for slot, _ in FIELD_WORDS
                if found.groupdict().get(slot) or found.groupdict().get("b_" + slot))


def correction(text: str) -> Correction | None:
    """The correction this message is, or None."""
    plain = narrow(text)
    for pattern in (_WITH_VALUE, _CHANGE_TO, _MY_FIELD_IS):
        if found := pattern.match(plain):
            value = found.group("value").strip(" ,，。.;；!！")
            if value and bare(value) not in ("了", "的", "一下"):
                return Correction(_slot(found), value)
    if len(plain) <= 16 and (found := _ONLY_FIELD.match(bare(text))):
        return Correction(_slot(found), None)
    return None


def addition(text: str) -> str | None:
    """Words to add to the facts (补充：…); '' when only the wish to add was said."""
    found = _APPEND.match(faithful(text))
    return found.group("value").strip() if found else None


def representative(text: str) -> dict[str, str] | None:
    """{name, phone} of a further representative (Art. 20)."""
    found = _REPRESENTATIVE.match(narrow(text))
    if not found:
        return None
    return {"name": found.group("name"), "phone": re.sub(r"\D", "", found.group("phone"))}


def field_named(text: str) -> str | None:
    """The field a short answer to “改哪一项” names."""
    plain = bare(text)
    if len(plain) > 12:
        return None
    return next((slot for slot, words in FIELD_WORDS if re.search(words, plain)), None)


_GROUP = re.compile(
    r"(我们|咱们|俺们|大家|业主|村民|工友|一起|总共|一共|共有?)[^,，。]{0,6}?([2-9]|\d{2,4}|[二三四五六七八九十几两百]{1,4}多?)"
    r"(个|名|位)?(人|户|家|工友|村民|业主|工人)")


def speaks_of_group(text: str) -> bool:
    """Several people with one matter (Art. 20: at most five representatives)."""
    return bool(_GROUP.search(narrow(text)))
