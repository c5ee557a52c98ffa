# ruff: noqa: E501  -- a table of Chinese words or patterns: breaking a line breaks the reading
"""Sums of money, in the citizen's own words: the whole of what was said, or nothing.

The text is cut into the longest rows of numerals, money words and what joins them. A row is a sum when all of it
reads as one; a piece of a row never is. So what the grammar does not know costs a question, and no wrong sum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.reading.compact import Compact, compact
from bot.dialogue.reading.numerals import LARGE, NUMBER, ONE, ONES, READ_OUT, SIGNS, TWINS

_CURRENCY = r"(?:人民币|RMB|rmb|CNY|USD|US\$|HK\$|[¥$€£])"
_PIECE_OF = "地|田|砖|石|板|牌|木|肉|布|玻|儿|钢|瓦|菜|宅|山|林|水|屏|表"  # 六块地
_UNIT = (
    rf"(?:块(?!{_PIECE_OF})|元|圆|美元|美金|美刀|欧元|港币|港元|日元|韩元|英镑|台币|澳元|卢布|人民币|大洋|rmb|RMB|yuan)"
)
_SMALL = r"(?:毛(?![病衣线巾驴坯笔孩])|角(?![债形落楼度铁钢]))"
_EACH = r"(?:每(?:个?月|年|天|人|户|亩|平方?|次|家|季度?|个|斤|度|吨|方|件|单|台|间|小时|学期)|月薪|年薪)"
# Characters of a number that belong to another word: 一万一共, 三千五一个月, 三千元一次, 李四人民币2000元.
_A_COUNTER = "平方|瓶|包|箱|件|桶|单|把|间|桌|度|方|位|根|双|盒|袋|节|堂|门|科|碗|个|年|天|月|次|户|人|亩|斤|平|回|趟|晚|顿|吨|米|季|份|张|台|套|只|头|小时|学期|棵|车"
_OTHER_WORD = (
    rf"一(?:共|直|起|下|些|般|样|定|旦|切|律|面|边|致|时|向|再|并|辈|伙|概)|(?:(?<=[千万块元角毛多来\d])|(?<=[百千万块元][{ONES}]))一(?:{_A_COUNTER})"
    rf"|一块儿?(?=[{ONES}\d]{{1,4}}[百千万])|(?<![\d十百千万亿拾佰仟点])[{ONES}]{{1,3}}(?={_CURRENCY}:?[{SIGNS}])"
)
_ENDS = rf"[{SIGNS}wWkK多来余把块元圆毛角分钱币整bB]"
_JOINED = (
    rf"(?<={_ENDS})(?:[.,、又到至~〜–—\-/+*×=:]|或者?)(?=[{SIGNS}¥$])|(?<=\d) (?=\d)|(?<=[{SIGNS}])点(?=[{SIGNS}])"
)
_ROUGH = rf"(?<=[{SIGNS}wWkK])(?:[多来余把儿]{{1,2}}|个(?=[亿万wW]))|[上好](?=[几十百千万亿])|大(?=几)|小(?=[{ONES}十百]{{1,2}}[百千万])|数(?=[十百千万亿])|成(?=[百千]上)"
_PIECE = (
    rf"(?!{_OTHER_WORD})[{SIGNS}]|{_JOINED}|{_ROUGH}|(?<=\d)[wWkK](?![A-Za-z])|{_CURRENCY}"
    rf"|(?<={_ENDS})(?:(?!{_CURRENCY}){_UNIT}|{_SMALL}|分钱|(?<=[角毛块元][{SIGNS}])分(?!钱)|半(?![年个天夜路月日小数])|钱|(?<!整)整)"
)
_ROW = re.compile(
    rf"(?:{_EACH})?(?:{_PIECE})+(?:左右|上下|出头|冒头|开外|之间)?(?:多(?![次少个人年月天收扣要算交付给拿出加报写用花]))?(?:/(?:月|年|天|人|亩|平|小时))?"
)
_TENS = rf"(?:{ONE}{_SMALL}(?:{ONE}分?)?|{ONE}分)"
_AMOUNT = rf"(?:{_CURRENCY}:?)?[好大小上成]?(?:{NUMBER}|{TWINS}|{READ_OUT})(?:[多来余把儿]{{0,2}}{_UNIT}多?(?:[零又]?(?:{_TENS}|{ONE}|半))?{_UNIT}?)?[钱整]{{0,2}}[多来]?"
_SECOND = _AMOUNT.replace("P<unit>", "P<unit_2>").replace("P=unit", "P=unit_2")
_SUM = re.compile(
    rf"\A{_EACH}?(?:{_AMOUNT}(?:(?:到|至|~|〜|–|—|-|或者?){_SECOND})?|{_TENS}钱?)(?:左右|上下|出头|冒头|开外|之间)?多?(?:/.{{1,2}})?"
)
_MONEY = re.compile(rf"{_UNIT}|{_SMALL}|分钱|{_CURRENCY}")
_NEXT_COUNT = re.compile(rf"\A(.{{0,40}}{_UNIT}[钱整]{{0,2}}){ONE}$")  # 三千元5 in front of 个月
# What is counted behind a number that is no sum.
_COUNTED = re.compile(
    r"[个人名位户家亩分厘平年月天日号点岁次回趟遍栋幢楼层室单组队社村里度斤吨公间套台辆头只棵株样条张份期级届折成%‰：:代块倍方立"
    r"座门床句件步颗粒箱袋瓶桶盒桌尺寸丈克瓦伏口米地A-Za-z²㎡]|小时|分钟|星期|礼拜|周|路"
)
_NO_SUM_BEFORE = re.compile(r"(?:[A-Za-z#№第]|分之|编号:?|尾号:?|号码:?|热线:?|电话:?)$")
_CALLED = re.compile(r"[打拨报]通?$")
_ENGLISH = re.compile(r"thousand|million|billion|hundred|grand|[kKwWmMx*]")
_SERVICE_NUMBER = re.compile(r"12[03]\d\d|9[56]\d{3}|996|007|11[09]")
_IS_YEAR = re.compile(r"(?:19|20)\d\d")
_IS_LARGE = re.compile(rf"[十拾{LARGE}]")
_A_DIGIT = re.compile(rf"[\d{ONES}几数]|十[万亿]|百万|[廿上好成小大].")
_NOT_BARE = ("万一", "千万")  # “in case”, “by all means”
_A_FIGURE_ROW = re.compile(r"\d[\d,.]*\d")
_FIGURES_ALONE = re.compile(rf"{_EACH}?([\d,.]+)")
_WHOLE_LARGE = re.compile(rf"[{ONES}几数\d十百].{{0,12}}[万亿wW]|[十百千]万")
_CLAUSE_ENDS = re.compile(r"[,，。;；!！?？、\s]|$|没|不(?!是)|到现在|还没|至今")
# 一块 is mostly “together”; 几千块 is nothing to put down.
_A_NUMERAL = re.compile(rf"[{SIGNS}]")
_NOT_A_CENT = re.compile(r"[一半](?:[分毛]钱?|块钱?|个?子儿?)")
_NEITHER = re.compile(r"[没不都也未]")
_SMALL_CHANGE = re.compile(rf"[{ONES}几]块|[万千百十几多余]+[块元]?钱?|[^元块]{{1,3}}[毛角分]钱?")
_OWED = re.compile(r"还?欠(?:我|俺|我们|着|了|他|她|下|薪|款)*|还差|还剩|剩下?|没给|要求(?:赔|退|补)|赔我?|退我?")
_ALL = re.compile(r"一共|总共|合计|总计|加起来|拢共|统共|前后")
_LONGEST, _LONGEST_BARE = 40, 6  # more figures without a unit are a number of a phone or a paper
_MOST = 60  # rows of one text that are looked at; more is a table


@dataclass(frozen=True, slots=True)
class Sum:
    """A row of `said[start:end]`; `words` is None where it speaks of money and is not understood."""

    start: int
    end: int
    words: str | None
    plain: bool  # money beyond doubt, also in a text that need not name any


def sums(text: str) -> tuple[str, list[Sum]]:
    """(the compact text, its sums in order)."""
    whole = compact(text)
    said, found = whole.said, []
    for number, row in enumerate(_ROW.finditer(said)):
        if number == _MOST:
            break
        start, end = row.span()
        money = bool(_MONEY.search(row.group()))
        if money and (before := _NEXT_COUNT.match(row.group()[:_LONGEST])) and _COUNTED.match(said, end):
            end = start + before.end(1)
        if said[end - 1] == "多" and (whole.is_parted(end - 1) or money and _COUNTED.match(said, end)):
            end -= 1
        words = said[start:end]
        if not _A_NUMERAL.search(words) or _NOT_A_CENT.fullmatch(words) and _NEITHER.match(said, end):
            continue
        whole_row = end - start <= _LONGEST and _SUM.fullmatch(words) is not None and _stands_alone(whole, start, end)
        if whole_row and (money or _is_bare_sum(words, whole, end)):
            found.append(Sum(start, end, whole.words(start, end), _is_plain(words, said, start, end, money)))
        elif money:
            found.append(Sum(start, end, None, True))
    return said, found


def spans(text: str) -> list[tuple[int, int]]:
    """The spans of sums in the compact text; of a row that is not understood, the spans of its figures."""
    said, found = sums(text)
    whole = [(one.start, one.end) for one in found if one.words]
    rows = [_A_FIGURE_ROW.finditer(said, one.start, one.end) for one in found if not one.words]
    return whole + [one.span() for row in rows for one in row]


def sum_in(text: str) -> str | None:
    """The sum that is meant in a clause known to name one: what is still owed, else the whole, else the first."""
    said, found = sums(text)
    meant = _after(_OWED, said, found) or _after(_ALL, said, found) or next(iter(found), None)
    return meant.words if meant else None


def only_sum(text: str) -> str | None:
    """The one sum an account names plainly; None when none, several, or one that is not understood."""
    kept = {one.words for one in sums(text)[1] if one.plain}
    return kept.pop() if len(kept) == 1 else None


def _stands_alone(whole: Compact, start: int, end: int) -> bool:
    """It is no piece of a code, a share or a longer number."""
    behind, before = whole.said[end : end + 1], whole.said[max(0, start - 4) : start]
    if behind in ("%", "‰") or behind.isascii() and behind.isalpha() and not whole.is_parted(end):
        return False
    if _ENGLISH.match(whole.said, end) or _CALLED.search(before) and whole.said[start:end].isdecimal():
        return False
    return not _NO_SUM_BEFORE.search(before) or before[-1].isascii() and before[-1].isalpha() and whole.is_parted(start)


def _is_bare_sum(words: str, whole: Compact, end: int) -> bool:
    """A number without a money word, which only a clause that is known to name a sum makes one."""
    counted = _COUNTED.match(whole.said, end) and (
        words[-1].isdigit() and words[-1].isascii() or not whole.is_parted(end)
    )
    if (
        counted
        and not (whole.is_parted(end) and whole.said[end].isascii())
        or words in _NOT_BARE
        or not _A_DIGIT.search(words)
    ):
        return False
    if _IS_LARGE.search(words):
        return True
    if (alone := _FIGURES_ALONE.fullmatch(words)) and 2 <= len(alone[1].replace(",", "")) <= _LONGEST_BARE:
        return not _IS_YEAR.fullmatch(words) and not _SERVICE_NUMBER.fullmatch(words)
    return False


def _is_plain(words: str, said: str, start: int, end: int, money: bool) -> bool:
    if _SMALL_CHANGE.fullmatch(words) or said[max(0, start - 1) : start] in ("到", "至", "涨", "降"):
        return False
    return money or bool(_WHOLE_LARGE.match(words) and _CLAUSE_ENDS.match(said, end))


def _after(lead: re.Pattern[str], said: str, found: list[Sum]) -> Sum | None:
    """The first sum behind the last of these words."""
    leads = [one.end() for one in lead.finditer(said)]
    return next((one for one in found if leads and one.start >= leads[-1]), None)
