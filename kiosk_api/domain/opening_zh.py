"""Opening hours in words. A phrase is a sentence with places in it, so that a page can say it in another language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk_api.domain.opening import CLOSED, MIDNIGHT, OPEN, UNKNOWN, Opening, Times

OPENING_TEXTS = {
    "open_always": "现在开着，24小时不关门",
    "until_break": "现在开着，{time}休息",
    "until_end": "现在开着，{time}关门",
    "until_midnight": "现在开着，到夜里12点",
    "opens_today": "现在没开，今天{time}开",
    "opens_tomorrow": "现在没开，明天{time}开",
    "opens_on": "现在没开，{weekday}（{date}）{time}开",
    "closed": "现在没开，什么时候开请先问",
    "unknown": "放假安排还没公布，开不开请先问",
    "unpublished": "开放时间待公布",
}
STATE_WORDS = {OPEN: "开着", CLOSED: "没开"}
MONTHS = ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
DATE, RANGE, TIMES = "{month}{day}日", "{first}至{last}", "{start}–{end}"
EVERY_DAY, ROUND_THE_CLOCK, NOT_ON_HOLIDAYS = "每天", "24小时", "（节假日休息）"
BETWEEN, BETWEEN_DAYS = "、", "；"


@dataclass(frozen=True)
class Phrase:
    """A sentence and what fills its places: plain text, or more phrases."""

    text: str
    values: dict[str, str | Phrase] = field(default_factory=dict)


def opening_phrase(one: Opening, now: datetime) -> Phrase:
    """现在开着，12:00休息 or 现在没开，明天9:00开."""
    if one.state == OPEN:
        return _open(one)
    if one.state != CLOSED:
        return Phrase(OPENING_TEXTS["unknown" if one.state == UNKNOWN else "unpublished"])
    if one.opens is None:
        return Phrase(OPENING_TEXTS["closed"])
    clock, days = _clock(one.opens.hour * 60 + one.opens.minute), one.opens.date() - now.date()
    if days < timedelta(days=2):
        return Phrase(OPENING_TEXTS["opens_tomorrow" if days else "opens_today"], {"time": clock})
    day = Phrase(DATE, {"month": Phrase(MONTHS[one.opens.month - 1]), "day": str(one.opens.day)})
    return Phrase(
        OPENING_TEXTS["opens_on"],
        {"weekday": Phrase(WEEKDAYS[one.opens.weekday()]), "date": day, "time": clock},
    )


def _open(one: Opening) -> Phrase:
    if one.until is None:
        return Phrase(OPENING_TEXTS["open_always"])
    if one.until.hour == one.until.minute == 0:
        return Phrase(OPENING_TEXTS["until_midnight"])
    pause = one.opens is not None and one.opens.date() == one.until.date()
    key = "until_break" if pause else "until_end"
    return Phrase(OPENING_TEXTS[key], {"time": _clock(one.until.hour * 60 + one.until.minute)})


def hours_phrases(hours: Sequence[Times]) -> list[Phrase]:
    """周一至周五 9:00–12:00、13:30–17:30（节假日休息), in parts that follow each other."""
    said: list[Phrase] = []
    by_days: dict[tuple[frozenset[int], bool], list[Times]] = {}
    for one in hours:
        by_days.setdefault((one.days, one.on_holidays), []).append(one)
    for (days, daily), lines in by_days.items():
        if said:
            said.append(Phrase(BETWEEN_DAYS))
        said += [Phrase(EVERY_DAY)] if daily else _day_phrases(days)
        said.append(Phrase(" "))
        for place, one in enumerate(sorted(lines, key=lambda one: one.start)):
            said += [Phrase(BETWEEN)] if place else []
            whole = (one.start, one.end) == (0, MIDNIGHT)
            said.append(
                Phrase(ROUND_THE_CLOCK)
                if whole
                else Phrase(TIMES, {"start": _clock(one.start), "end": _clock(one.end)})
            )
    if any(not one.on_holidays for one in hours):
        said.append(Phrase(NOT_ON_HOLIDAYS))
    return said


def _day_phrases(days: frozenset[int]) -> list[Phrase]:
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return [Phrase(RANGE, {"first": Phrase(WEEKDAYS[ordered[0]]), "last": Phrase(WEEKDAYS[ordered[-1]])})]
    return [one for day in ordered for one in (Phrase(BETWEEN), Phrase(WEEKDAYS[day]))][1:]


def in_chinese(one: Phrase) -> str:
    """The phrase as it stands."""
    return one.text.format(
        **{name: in_chinese(value) if isinstance(value, Phrase) else value for name, value in one.values.items()}
    )


def hours_in_chinese(hours: Sequence[Times]) -> str:
    """The hours of a window in one line."""
    return "".join(in_chinese(one) for one in hours_phrases(hours))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
