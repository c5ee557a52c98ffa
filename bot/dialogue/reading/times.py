"""When something happened, in the citizen's own words: the whole of what was said, or nothing.

The text is cut into the longest rows of calendar words and what joins them. A row that stands beside more of its
kind, which no word of the tables explains, is unreadable: no piece of it is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from bot.dialogue.reading import calendar_words as words
from bot.dialogue.reading.compact import Compact, compact
from bot.dialogue.reading.numerals import SIGNS

# From the rough to the fine; the first that fits counts.
_KINDS = {
    "ago": words.AGO, "calendar": words.CALENDAR, "dated": words.DATED, "year": words.YEAR, "some_year": words.SOME_YEAR,
    "festival": words.FESTIVAL, "month": words.MONTH, "part_of_year": words.PART_OF_YEAR, "vague": words.VAGUE, "weekday": words.WEEKDAY, "week": words.WEEK,
    "near_day": words.NEAR_DAY, "day": words.DAY, "day_of_month": words.DAY_OF_MONTH, "day_part": words.DAY_PART, "clock": words.CLOCK,
}  # fmt: skip
_FINENESS = {
    "ago": 0, "calendar": 1, "dated": 1, "year": 1, "some_year": 1, "part_of_year": 2, "festival": 3, "month": 3, "vague": 3, "week": 4,
    "weekday": 5, "near_day": 5, "day": 5, "day_of_month": 5, "day_part": 6, "clock": 7,
}  # fmt: skip
# Every word of time holds one of these; the look ahead makes the search of a long text quick.
_BEGINS = rf"[{SIGNS}甲乙丙丁戊己庚辛壬癸鼠牛虎兔龙蛇马羊猴鸡狗猪上下大小老前后昨今明去那当本同次翌这旧头第开立入打交春夏秋冬初早深晚仲年月正腊冬寒闰农阴公阳新西国古藏傣彝回佛伊格民伪康宣光昭除元清端中重七儿教劳妇双过惊谷芒处白霜暑放麦收三伏数礼星周夜半凌傍晌一好]"
_WORD = re.compile(rf"(?={_BEGINS})(?:{'|'.join(f'(?P<{kind}>{pattern})' for kind, pattern in _KINDS.items())})")
_LASTS = re.compile(
    rf"(?:有|都|快|已经|将近|大概|差不多|前后|整整|连续|最近|过去){{0,2}}(?:(?<![以之])[前头])?{words.LASTS}(?:以前|之前|以来|前|了|来)?"
)
_LEAD = re.compile(r"(?:打从|自打|自从|打|从)$")
_TAIL = re.compile(rf"起|开始|那会儿|的时候|前后|左右|以前|之前|以来|以后|之后|前(?![年天几{SIGNS}])|后(?!来)")
_RANGE = re.compile(r"(?:的)?(?:到|至|-|~|〜|–|—|、|和|跟|与|或者?)$")
_EVERY = re.compile(r"(?:每|每年|每个|逢|每到)$")
_OF_EVERY = re.compile(r"到头|到晚")
_BEFORE_AND_AFTER = ("以前", "之前", "以后", "之后", "然后", "最后", "目前", "从前", "先前", "事后")
_MORE = re.compile(
    rf"[年月旬历]|[{SIGNS}]{{1,8}}(?:年|月(?!租)|日(?![元本]))|(?<=月)(?:[二三]?十[{SIGNS}]?|廿[{SIGNS}]?|[123]?\d)[家多天]"
)
_NOUN_ABOVE = re.compile(r"[路网身地村手街车早晚班马桌墙会线楼山船床脸头天面]上{2,}")  # 路上上个月: one 上 or two?
_ASKED = re.compile(r"几[月号日点]")
_FILE_NUMBER = re.compile(r"\d{8}|\d{4}-\d{1,2}")  # 案号2024-19; a birthday within an identity number
_EDGE = " \t\n,，。.;；、的"
_WITHIN = ("month", "day_of_month", "festival", "part_of_year", "calendar")  # of a year or month in front
_ROUGH = {"vague", "day_part", "part_of_year", "some_year"}
_MOST = 200  # words of time in one text that are looked at


class _Word(NamedTuple):
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Time:
    """A row of `said[start:end]`; `readable` is False where more of its kind stands beside it."""

    start: int
    end: int
    readable: bool
    definite: bool  # it says more than “that day” or “in the morning”
    plain: bool  # a day, month or year beyond doubt, also in a text that need not name one


def times(whole: Compact) -> list[Time]:
    """The times that are named, in order."""
    rows: list[list[_Word]] = []
    for number, found in enumerate(_WORD.finditer(whole.said)):
        if number == _MOST:
            break
        word = _Word(*found.span(), str(found.lastgroup))
        if rows and _goes_on(whole.said, rows[-1][-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_row(whole.said, row) for row in rows if row[-1].kind != "calendar" and not _is_habit(whole.said, row)]


def time_in(text: str) -> str | None:
    """The longest time that is named; how long something has lasted where no day, month or year is."""
    whole = compact(text)
    rows = times(whole)
    spans = [(one.definite, *_with_ends(whole.said, one)) for one in rows if one.readable]
    if not spans:
        lasts = [one for one in _LASTS.finditer(whole.said) if _lasts_alone(whole.said, one)]
        spans = [(True, *one.span()) for one in lasts if not any(_meet(one.span(), row) for row in rows)]
    if not spans:
        return None
    _, start, end = max(spans, key=lambda span: (span[0], span[2] - span[1]))
    return whole.words(start, end).strip(_EDGE)


def only_day(text: str) -> str | None:
    """The one day, month or year an account names plainly; None when none, several, or one that is unreadable."""
    whole = compact(text)
    plain = [one for one in times(whole) if one.plain]
    if not plain or not all(one.readable for one in plain):
        return None
    named = {whole.words(one.start, _with_ends(whole.said, one)[1]).strip(_EDGE) for one in plain}
    longest = [one for one in named if not any(one != other and one in other for other in named)]
    return longest[0] if len(longest) == 1 else None


def _meet(span: tuple[int, int], row: Time) -> bool:
    return span[0] < row.end and row.start < span[1]


def _goes_on(said: str, before: _Word, word: _Word) -> bool:
    """Whether two words belong to one time: side by side, a range or a list, or the finer one behind a comma."""
    between = said[before.end : word.start]
    if between in ("", "的", " "):
        return True
    if len(between) > 3:
        return False
    if between in (",", "，"):
        return before.kind in ("year", "dated", "some_year", "month") and _FINENESS[word.kind] > _FINENESS[before.kind]
    return _RANGE.fullmatch(between) is not None


def _row(said: str, row: list[_Word]) -> Time:
    start, end = row[0].start, row[-1].end
    kinds = {one.kind for one in row}
    readable = not (
        start
        and (said[start - 1] in "历第" or said[start - 1] in "年月" and row[0].kind in _WITHIN or _repeats(said, start))
        or start > 1
        and said[start - 1] in "-~./"
        and said[start - 2].isdigit()
        or _MORE.match(said, end)
        or _NOUN_ABOVE.match(said, max(0, start - 1))
    )
    return Time(start, end, readable, bool(kinds - _ROUGH), _is_plain(kinds, row, said))


def _repeats(said: str, start: int) -> bool:
    """Whether the character in front changes which day is meant: 再上个月, but not 以前上个月."""
    before, first = said[start - 1], said[start]
    if before in "前后":
        return first in "上下前后" and said[max(0, start - 2) : start] not in _BEFORE_AND_AFTER
    return before in "大老再" and first in "上下前后昨去"


def _is_plain(kinds: set[str], row: list[_Word], said: str) -> bool:
    text = said[row[0].start : row[-1].end]
    if _ASKED.search(text):
        return False
    if (
        "weekday" in kinds
        or "dated" in kinds
        and not _FILE_NUMBER.fullmatch(text)
        or "near_day" in kinds
        and "天" in text
    ):
        return True
    fine = kinds & {"month", "festival", "part_of_year", "day_of_month"}
    return bool("year" in kinds and fine or "month" in kinds and "day_of_month" in kinds)


def _is_habit(said: str, row: list[_Word]) -> bool:
    """“Every year in March” names no day."""
    start = row[0].start
    return bool(_EVERY.search(said[max(0, start - 2) : start]) or _OF_EVERY.match(said, row[-1].end))


def _with_ends(said: str, row: Time) -> tuple[int, int]:
    lead = _LEAD.search(said[max(0, row.start - 2) : row.start])
    tail = _TAIL.match(said, row.end)
    return row.start - len(lead.group() if lead else ""), tail.end() if tail else row.end


def _lasts_alone(said: str, found: re.Match[str]) -> bool:
    return not _EVERY.search(said[max(0, found.start() - 2) : found.start()]) and not _OF_EVERY.match(said, found.end())
