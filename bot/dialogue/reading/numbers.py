"""Telephone numbers in a clause, whose each one and a name is, and the part of a known number that is put right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.characters import HAN
from bot.dialogue import extraction, phones
from bot.dialogue.phones import PHONE
from bot.dialogue.text import as_figures, bare, plain, spoken_digits

_KIN = (
    r"(?:老头子|老婆子|小孩|儿子|女儿|闺女|孩子|娃|老公|老婆|丈夫|妻子|媳妇|爱人|老伴|爸|妈|爹|娘|父亲|母亲|家父|家母|内人|哥|姐|弟|妹|孙子|孙女|侄子|侄女|外甥|女婿|儿媳|邻居|朋友|同事|工友|老乡|"
    r"亲戚|婶|叔|舅|姨|姑|爷爷|奶奶|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母)"
)
_OTHERS = re.compile(
    rf"(?:(?:我|俺|咱)?们?家?的?[大小老二\d]?{_KIN}|他|她|人家|别人|老板|经理|包工头|工头|村长|书记|主任|对方|房东|店里|单位|公司)们?的?"
)
_OWN = re.compile(
    rf"(?:我|俺)(?:自己|本人)的?|本人|(?:我|俺)(?:们)?的?(?!们?家?的?[大小老二\d]?{_KIN})(?:电话|手机|号|联系方式)|(?:我|俺)的(?=是|:|：|,|，|\s|\d|$)|(?:我|俺)(?=1\d|是1)"
)
_A_NUMBER = re.compile(r"电话|手机|号码?|联系|[打拨留找]")
_WHOSE = re.compile(  # behind a number
    rf"^(?:[\s,，、]*(?:这|那)?个?(?:就)?是|\s?[（(])(?:(?:我|俺|咱)们?家?的?[大小老二\d]?{_KIN}|他|她|老板|邻居|包工头|(?:我|俺)(?:自己|本人)?)[^\d,，。的]{{0,3}}的"
)
# “write Hou Wenbin's”: a person by name, before the number.
_BY_NAME = re.compile(
    rf"(?:写|用|打|留|记)(?!我|俺|本人|自己|这|那|他|她)[{HAN}·]{{2,4}}的(?:吧|呗|号码?|电话|手机)*\D{{0,2}}$"
)
_GOES_BY = re.compile(r"^(?:这|那|是|它|就是)|会接|在接|拿着|喊我|叫我|转告|带话")
_ONLY_WHOSE = re.compile(
    rf"(?:这|那)?(?:是|打|用|留)?{_OTHERS.pattern}(?:的|呢|也行|是|叫|姓名|名字)*"
)  # announces a number
_REPEATED = re.compile(r"(?<=\d)[\s,，、]*([2-8])个(\d)")  # “137四个零1234”
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_BLANKS = re.compile(r"[\s\-—]")
_PARTS = {  # of a known number: which figures are put right
    "end": re.compile(
        r"(?:末尾|尾号|尾数|后面|最后|结尾|末|后)(?:[那这的]|几|\d?(?:位|个))*(?:数字?|号码?)?[^\d不]{0,8}(?P<new>[\dX]{1,6})(?![\dX])"
    ),
    "start": re.compile(
        r"(?:开头|打头|前面|头|前)(?:[那这的]|几|\d?(?:位|个))*(?:数字?|号码?)?[^\d不]{0,8}(?P<new>\d{1,4})(?!\d)"
    ),
    "middle": re.compile(
        r"(?:中间|当中)(?:[那这的]|几|\d?(?:位|个))*(?:数字?|号码?)?[^\d不]{0,8}(?P<new>\d{2,5})(?!\d)"
    ),
}
_SAID_AFTER = re.compile(r"(?:不对|错了|说错|应该).{0,6}?(?:最后|末尾|后面|尾号)[^\d]{0,4}(?P<new>\d{1,6})(?!\d)")
_NOT_BUT = re.compile(
    # two figures at least: “不是三万二，是三万六” is a sum
    r"不是(?P<old>\d{2,6})\D{0,6}(?P<new>\d{2,6})(?!\d)|(?<!\d)(?P<new2>\d{2,6})\D{0,4}不是\D{0,2}(?P<old2>\d{2,6})(?!\d)"
)
_A_PART = 6  # figures said alone that are the end of a number and no number
_MIDDLE_AT = 3  # a mobile number is read in groups of three, four and four


@dataclass(frozen=True)
class Phone:
    """A number and whether its own words make it somebody else's; `own` that they make it the speaker's."""

    number: str
    others: bool
    own: bool


def phones_in(text: str) -> list[Phone]:
    """Each number of a clause with the words that stand beside it."""
    text = _REPEATED.sub(lambda times: times[2] * int(times[1]), as_figures(text))
    said = text
    found = phones.found_in(said)
    if len(found) < 2:
        number = extraction.phone_candidate(text)
        end = found[0].end if found else len(said)
        return [_phone(number, said[:end], said[end:])] if number else []
    ends = [0, *(one.end for one in found)]
    return [
        _phone(phones.without_country(one.number), _WHOSE.sub("", said[start : one.end], count=1), said[one.end :])
        for start, one in zip(ends, found, strict=False)
    ]


def _phone(number: str, before: str, behind: str) -> Phone:
    """`before` ends with the number. The words nearest to it say whose it is, those right behind it most surely."""
    whose = _WHOSE.match(behind)
    if whose:
        others = bool(_OTHERS.search(whose.group()))
        return Phone(number, others, not others)
    own = max((one.end() for one in _OWN.finditer(before)), default=0)
    others_at = max((one.end() for one in _OTHERS.finditer(before)), default=0)
    if _BY_NAME.search(PHONE.sub("", before)):
        return Phone(number, True, False)
    return Phone(number, others_at > own, own > others_at)


def is_anothers_name(name: str, text: str, previous: str) -> bool:
    """Whether the words before a name, or a clause that announces it, make it somebody else's."""
    before = plain(text.partition(name)[0])
    if before.startswith(("我叫", "我是", "俺叫", "本人")):
        return False
    return bool(_OTHERS.search(before) or _ONLY_WHOSE.fullmatch(bare(previous)))


def announces_anothers(text: str) -> bool:
    """A clause after which the next number is somebody else's: “打我儿子电话吧”, “我闺女的，”."""
    said = as_figures(text)
    if not _OTHERS.search(said) or PHONE.search(said):
        return False
    return bool(_A_NUMBER.search(said) or _ONLY_WHOSE.fullmatch(bare(text)))


def explains_anothers(text: str) -> bool:
    """The clause behind a number that makes it somebody else's: “这个是我女儿的”, “老板会喊我”."""
    said = as_figures(text)
    return bool(_OTHERS.search(said) and not PHONE.search(said) and (_A_NUMBER.search(said) or _GOES_BY.search(said)))


def part_put_right(words: str, number: str) -> str | None:
    """The known number with the part that is named put right; None when no part is."""
    known, extension = phones.parted(number)
    if known and (named := phones.extension_named(words)):
        return phones.with_extension(known, named) if not _MOBILE.fullmatch(known) else None
    right = _figures_put_right(words, known)
    return phones.with_extension(right, extension) if right else None


def _figures_put_right(words: str, number: str) -> str | None:
    said = spoken_digits(words).upper()
    if not number:
        return None
    if quoted := _NOT_BUT.search(said):
        old, new = quoted["old"] or quoted["old2"], quoted["new"] or quoted["new2"]
        at = number.rfind(old)
        if at >= 0 and (number.count(old) == 1 or number.endswith(old)) and len(old) == len(new):
            return number[:at] + new + number[at + len(old) :]
    if words.strip().isdigit() and len(said) <= _A_PART:
        return number[: -len(said)] + said
    first = len(number) - 11 if number.startswith("+") else 0
    for part, pattern in _PARTS.items():
        if not (found := pattern.search(said)):
            continue
        new = found["new"]
        at = {"end": len(number) - len(new), "start": first, "middle": first + _MIDDLE_AT}[part]
        return number[:at] + new + number[at + len(new) :] if len(new) < len(number) else None
    return None


def put_right_at_once(number: str, words: str) -> str | None:
    """“…6621不对，最后是6627”, “…6621，哎尾号是6612”: the number with the end that was said after it; None when none was."""
    number, extension = phones.parted(number)
    _, given, behind = _BLANKS.sub("", spoken_digits(words)).partition(number)
    found = _PARTS["end"].search(behind) if given else _SAID_AFTER.search(spoken_digits(words))
    if not found or given and _OTHERS.search(behind[: found.start()]):
        return None
    end = found["new"]
    right = number[: -len(end)] + end
    return phones.with_extension(right, extension) if len(end) < len(number) and right != number else None
