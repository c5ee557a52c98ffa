# ruff: noqa: E501  -- a table of Chinese sentences or patterns: breaking a line breaks the reading
"""“别让老板晓得是我告的”: the wish to be kept confidential, wherever in the talk it is said.

The form on the screen asks for it on a page of its own; here people say it in passing. A question
whether things are kept confidential is none: the handbook answers that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.text import aligned, bare

# Words that may lead to the wish. No word is made of others, so a run of them is read in one way only.
_LEADS = re.compile(
    r"(?:等等|等一下|哦|噢|啊|嗯|那个|那|对了|还有|另外|就是说?|不过|但是?|只是|先|跟你们?说|(?:我们?|俺们?|咱们?)(?!家)|你们?|您|请|麻烦|拜托|求|千万|一定|"
    r"务必|必须|最好|可不可以|可以|可|能不能|能否|能|行不行|希望|想|要|得|需|尽量|帮忙)+"
)
_UNWILLING = (
    r"(?:不想|不愿意?)"  # "I'd rather not give my name" refuses an answer; letting others know is another thing
)
_NOT = r"(?:别|不要|莫|莫要|勿|甭|不能|不想|不愿意?|不希望|不许|不准)(?:再)?"
_KNOW = r"(?:知道|晓得|看到|看见|看出来|发现|得知|听说|听到|清楚|猜到)"
_SAY = r"(?:说|讲|传|透露|泄露|泄漏|走漏|暴露|公开|公布|外传|捅|漏)"
_ME = r"(?:我|俺|咱|偶|本人)(?:们|家)?"
_MINE = rf"(?:{_ME})?的?(?:名字|姓名|身份|个人信息|信息|电话|号码|手机号?|住址|地址|情况)"
_DID = r"(?:说|告|讲|反映|举报|投诉|检举|写|来|去|提|报|打|揭发)"
_CLEARLY = (
    rf"{_NOT}(?:让|叫|给|被|使)[^,，。;；!！?？]{{1,10}}?{_KNOW}(?:了)?(?:这?是|有)?{_ME}[^,，。;；!！?？]{{0,4}}{_DID}(?:的|过|了)?",
    rf"{_NOT}(?:告诉|跟|对|和|向)[^,，。;；!！?？]{{1,10}}?{_SAY}?(?:这?是){_ME}[^,，。;；!！?？]{{0,4}}{_DID}(?:的|过|了)?",
    rf"{_NOT}{_SAY}(?:出去|出来)?(?:这?是)?{_ME}[^,，。;；!！?？]{{0,4}}{_DID}(?:的|过|了)?",
    rf"{_NOT}(?:把|将){_MINE}[^,，。;；!！?？]{{0,8}}(?:{_SAY}|告诉)[^,，。;；!！?？]{{0,6}}",
    rf"(?!{_UNWILLING}(?:再)?[说讲]{_MINE}){_NOT}(?:{_SAY}|让[^,，。;；!！?？]{{1,8}}{_KNOW})(?:出去|了)?{_MINE}",
    rf"(?:替|帮|给|为|对){_ME}(?:的[^,，。;；!！?？]{{1,6}})?(?:一定|务必|严格|绝对)?保(?:个|住)?密",
    rf"{_MINE}(?:请|要|得|也|千万|可|能不能|必须|一定|务必|,)*(?:保密|{_NOT}{_SAY}(?:出去|出来)|(?!{_UNWILLING}){_NOT}{_SAY})",
)  # fmt: skip
_ALONE = (
    r"(?:予以?|给予|严格|注意|全程|绝对)?保(?:个)?密(?:处理)?(?:一下)?",
    rf"{_NOT}(?:让|叫|给|被|使)[^,，。;；!！?？]{{1,8}}?{_KNOW}",
    rf"{_NOT}{_SAY}出去",
)
_END = r"(?:了|的|啊|呀|哈|哦|噢|嘛|吧|咯|噻|嘞|哩|呗|啦|就行|就好|行吗|行不行|好吗|好不好|可以吗|可不可以|中不中|要得不|成吗|谢谢|吗|么)*"
_IN_PASSING = re.compile(rf"(?:{'|'.join(_CLEARLY)}){_END}")
_BY_ITSELF = re.compile(rf"(?:{'|'.join(_CLEARLY + _ALONE)}){_END}")
_ASKS_WHETHER = re.compile(
    r"(?:(?:你们?|您)?(?:要不要|会不会|是不是|能不能|可不可以|可以|能|会))?(?:予以|给予|严格)?保密(?:吗|么|不|呢|的)+|"
    r"(?:要不要|会不会|是不是|能不能|可不可以)保密|.{0,6}(?:会|是否|是不是).{0,6}保密.*|(?:怎么|咋|如何|怎样).*"
)
_SAID_BY_OTHERS = re.compile(r"(?:会|说|讲|让|叫|求|喊|吩咐|交代)$")
_TAKEN_BACK = re.compile(
    r"(?:我|那|就|也|可以){0,6}(?:不用|不需要|不必|不要|无需|用不着)(?:替我|帮我|给我|再)?保密(?:了|的)*"
)
_CLAUSES = re.compile(r"[^\s,，.。;；!！?？…~～]+")  # “…” is three dots where patterns match


@dataclass(frozen=True)
class Wish:
    """The citizen expressed the wish; `rest` is the message without it."""

    rest: str


def wish(text: str, account: bool = False) -> Wish | None:
    """The wish for confidentiality in a message, or None.

    In an `account` a clause has to say it from its beginning and plainly, since people tell there
    what others wanted kept quiet; in an answer to a short question it may also follow the answer.
    """
    matched, typed = aligned(text)
    kept, last = [], 0
    for clause in _CLAUSES.finditer(matched):
        start, end = clause.span()
        words = clause.group()
        begin = _begin(words, account)
        if begin is not None and not _ASKS_WHETHER.fullmatch(bare(words)):
            kept.append(typed[last : start + begin])
            last = end
    if not last:
        return None
    rest = "".join((*kept, typed[last:])).strip(" ,，。;；!！?？\n")
    said = bare(rest)
    return Wish(rest if said and not _LEADS.fullmatch(said) else "")


def _begin(words: str, account: bool) -> int | None:
    """Where in a clause the wish begins that it ends with, None when it ends with none."""
    whole = _IN_PASSING if account else _BY_ITSELF
    led = _LEADS.match(words)
    if whole.fullmatch(words, led.end() if led else 0) or whole.fullmatch(words):
        return 0
    found = None if account else next((one for one in _IN_PASSING.finditer(words) if one.end() == len(words)), None)
    if not found:
        return None
    begin = next((one.start() for one in _LEADS.finditer(words) if one.end() == found.start()), found.start())
    return None if _SAID_BY_OTHERS.search(words, 0, begin) else begin


def taken_back(text: str) -> bool:
    """不用保密: the whole message says that it need not be."""
    return bool(_TAKEN_BACK.fullmatch(bare(text)))
