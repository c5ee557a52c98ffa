"""How a case reads on the desk: dates, days left, labels of recorded data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from kiosk_api.domain.labels_zh import (
    PROXY_CONSENT_LABELS,
    PROXY_RELATION_LABELS,
    RATING_LABELS,
    ROLE_LABELS,
)
from kiosk_api.domain.petition_fields import FIELDS
from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.domain.workflow import RULE_OF, Action

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
VIEWS = {
    "mine": "我的待办",
    "new": "新登记",
    "due": "快到期",
    "overdue": "已超期",
    "urged": "被催办",
    "all": "全部",
}
DEADLINE_STATES = {
    "running": "进行中",
    "met": "按期完成",
    "missed": "超期完成",
    "overdue": "已超期",
    "stopped": "不再计算",
    "lapsed": "期限已过",
}
# Statute labels that speak to the petitioner, said for the officer.
CLOCK_LABELS = {"ask_review": "信访人可以申请复查", "ask_reexamination": "信访人可以申请复核"}


def as_day(value: Any) -> date | None:
    """A date from a date, a datetime or an ISO 8601 text; None when it is none of these."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    try:
        return as_day(datetime.fromisoformat(str(value)))
    except ValueError:
        return None


def show_day(value: Any) -> str:
    """2026-11-23 → 2026年11月23日."""
    day = as_day(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else str(value or "")


def show_time(value: Any) -> str:
    """A moment in Shanghai time, to the minute."""
    moment = value
    if not isinstance(moment, datetime):
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            return str(value or "")
    if moment.tzinfo:
        moment = moment.astimezone(SHANGHAI)
    return f"{show_day(moment)} {moment:%H:%M}"


def iso(value: Any) -> str:
    """The machine-readable form for `<time datetime>`."""
    return value.isoformat() if isinstance(value, date) else str(value or "")


def days_left(due_on: Any, today: date) -> str:
    """The distance to a due day in words."""
    day = as_day(due_on)
    if day is None:
        return ""
    left = (day - today).days
    if left < 0:
        return f"已超期{-left}天"
    return "今天到期" if left == 0 else f"还剩{left}天"


def urgency(deadline: Mapping[str, Any], today: date) -> str:
    """CSS mark of a deadline: late, soon, running or done."""
    day = as_day(deadline.get("due_on"))
    if deadline.get("state", "running") == "overdue":
        return "late"
    if deadline.get("state", "running") != "running" or day is None:
        return "done"
    if day < today:
        return "late"
    return "soon" if day - today <= DUE_SOON else "running"


def data_rows(data: Mapping[str, Any] | None, action: str) -> list[tuple[str, str]]:
    """What an event states, as (label, text) rows in the words of its row of the table."""
    rows = []
    for field in RULE_OF[Action(action)].fields:
        text = str((data or {}).get(field.name, ""))
        if text:
            rows.append((field.label, dict(field.choices).get(text, text)))
    return rows


def draft_rows(draft: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a citizen typed so far, as (label, text) rows; unknown parts are left out."""
    person = draft.get("petitioner")
    values = {**(person if isinstance(person, Mapping) else {}), **draft}
    return [
        (field.desk_label, values[field.name])
        for field in FIELDS.values()
        if isinstance(values.get(field.name), str) and values[field.name]
    ]


def proxy_rows(proxy: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Who filed for the petitioner and how that was agreed, as (label, text) rows."""
    how = PROXY_CONSENT_LABELS.get(proxy["consent_how"], proxy["consent_how"])
    return [
        ("姓名", proxy["name"]), ("电话", proxy["phone"]),
        ("和信访人的关系", PROXY_RELATION_LABELS.get(proxy["relation"], proxy["relation"])),
        ("信访人怎么同意的", f"{how}（{show_day(proxy['consent_on'])}确认）"),
    ]  # fmt: skip


def rating_label(value: Any) -> str:
    """满意 / 基本满意 / 不满意."""
    return {str(k): v for k, v in RATING_LABELS.items()}.get(str(value), str(value or "未评价"))


def role_label(value: Any) -> str:
    """Who an officer is, in Chinese."""
    return {str(k): v for k, v in ROLE_LABELS.items()}.get(str(value), str(value))


FILTERS: dict[str, Callable[..., str | list[tuple[str, str]]]] = {
    "desk_day": show_day,
    "desk_time": show_time,
    "desk_iso": iso,
    "desk_rows": data_rows,
    "desk_proxy": proxy_rows,
    "desk_rating": rating_label,
    "desk_role": role_label,
}
