"""Format a case for the desk: dates, days left, labels of recorded data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from kiosk_api.domain import phones
from kiosk_api.domain.labels_told_zh import REVIEWERS
from kiosk_api.domain.labels_zh import (
    KIND_LABELS,
    PROXY_CONSENT_LABELS,
    PROXY_RELATION_LABELS,
    RATING_LABELS,
    ROLE_LABELS,
    STATUS_LABELS,
)
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.petition_fields import FIELDS, MATTER_FIELDS, PERSON_FIELDS, PetitionField
from kiosk_api.domain.policy import DUE_SOON
from kiosk_api.domain.proxy import Proxy
from kiosk_api.domain.registration import CHANNEL_LABELS, MISSING_LABELS, REACH_LABELS, Arrival
from kiosk_api.domain.workflow import RULE_OF, Action, Role, Status
from kiosk_api.services.base.shown import DeadlineShown
from kiosk_api.services.cases.case_view import TAKEN_BY, Opinion
from kiosk_api.services.staff.case_lines import CaseLine
from kiosk_api.services.staff.staff_cases import StaffView

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
CALLBACK_BUTTONS = {"reached": "已接通", "not_reached": "没打通", "closed": "办结"}
DANGER_LABELS = {
    "life": "有轻生的话",
    "home": "家里正在动手",
    "crime": "正在被打、被抢或受威胁",
    "fire": "着火、漏气或被困",
    "medical": "有人身体危急",
}
CALLBACK_PAST = {
    "requested": "群众留下电话",
    "reached": "已接通",
    "not_reached": "没打通",
    "closed": "办结",
    "withdrawn": "群众取消",
}
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
TAG_OF = {"late": "bad", "soon": "care", "running": "good"}
"""How a deadline's distance is coloured, beside its words."""
LIST_CHOICES = {
    "status": ("状态", tuple((one.value, STATUS_LABELS[one.value]) for one in Status)),
    "kind": ("类型", tuple(KIND_LABELS.items())),
    "channel": ("来的方式", tuple((one.value, label) for one, label in CHANNEL_LABELS.items())),
}
"""What a list can be narrowed to: the name in the address, its label, values with their labels."""
# Labels of statute.py that address the petitioner, reworded for the officer.
CLOCK_LABELS = {
    "ask_review": "信访人可以申请复查", "ask_reexamination": "信访人可以申请复核",
    "execution": "把支持信访人的意见执行到位", "next_word": "给信访人下一次答复",
}  # fmt: skip


def day_of(at: datetime) -> date:
    """The day in Shanghai."""
    return at.astimezone(SHANGHAI).date()


def show_day(day: date | str) -> str:
    """2026-11-23 → 2026年11月23日; any other text stays unchanged."""
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day)
        except ValueError:
            return str(day)
    return f"{day.year}年{day.month}月{day.day}日"


def show_time(at: datetime) -> str:
    """A moment in Shanghai time, to the minute."""
    moment = at.astimezone(SHANGHAI)
    return f"{show_day(moment)} {moment:%H:%M}"


def iso(day_or_moment: date) -> str:
    """The machine-readable form for `<time datetime>`."""
    return day_or_moment.isoformat()


def days_left(due_on: date, today: date) -> str:
    """The distance to a due day in words."""
    left = (due_on - today).days
    if left < 0:
        return f"已超期{-left}天"
    return "今天到期" if left == 0 else f"还剩{left}天"


def urgency(due_on: date, state: str, today: date) -> str:
    """CSS class of a deadline: late, soon, running or done."""
    if state == "overdue":
        return "late"
    if state != "running":
        return "done"
    if due_on < today:
        return "late"
    return "soon" if due_on - today <= DUE_SOON else "running"


@dataclass(frozen=True)
class Clock:
    """A deadline as shown: label, day, days left, CSS class."""

    label: str
    article: str
    due_on: date
    state: str
    provisional: bool
    mark: str
    left: str


def clock_of(deadline: DeadlineShown, today: date) -> Clock:
    """A deadline of a case; days are counted while somebody must still act."""
    counting = deadline.state in ("running", "overdue")
    return Clock(
        label=CLOCK_LABELS.get(deadline.key, deadline.label),
        article=deadline.article,
        due_on=deadline.due_on,
        state=deadline.state,
        provisional=deadline.provisional,
        mark=urgency(deadline.due_on, deadline.state, today),
        left=days_left(deadline.due_on, today) if counting else "",
    )


def clock_of_line(due_on: date | None, today: date) -> Clock | None:
    """The next deadline of a line in a list, of which only the day is known."""
    if due_on is None:
        return None
    return Clock("", "", due_on, "running", False, urgency(due_on, "running", today), days_left(due_on, today))


def data_rows(data: Mapping[str, Any] | None, action: str) -> list[tuple[str, str]]:
    """The data of an event as (label, text) rows, with the labels of the workflow table."""
    rows = []
    for field in RULE_OF[Action(action)].fields:
        text = str((data or {}).get(field.name, ""))
        if text:
            labels, given = dict(field.choices), text.split(",") if field.kind == "choices" else [text]
            said = show_day(text) if field.kind == "date" else "、".join(labels.get(one, one) for one in given)
            rows.append((field.label, said))
    if (data or {}).get(TAKEN_BY):
        rows.append(("怎么办的", "信访人到窗口，由工作人员核对身份后代录"))
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


def petition_rows(petition: Petition) -> list[tuple[str, str]]:
    """The fields of a petition as (label, text) rows, without empty ones."""
    return _rows(MATTER_FIELDS, petition)


def person_rows(petition: Petition) -> list[tuple[str, str]]:
    """Who petitions, as (label, text) rows."""
    return _rows(PERSON_FIELDS, petition)


def _rows(fields: Iterable[PetitionField], petition: Petition) -> list[tuple[str, str]]:
    return [
        (field.desk_label, phones.shown(text) if field.name == "phone" else text)
        for field in fields
        if (text := getattr(petition, field.name))
    ]


def opinion_rows(opinion: Opinion) -> list[tuple[str, str]]:
    """The written opinion, as (label, text) rows."""
    return data_rows(asdict(opinion), Action.CONCLUDE)


def proxy_rows(proxy: Proxy) -> list[tuple[str, str]]:
    """Who filed for the petitioner and how that was agreed, as (label, text) rows."""
    how = PROXY_CONSENT_LABELS.get(proxy.consent_how, proxy.consent_how)
    return [
        ("姓名", proxy.name), ("电话", phones.shown(proxy.phone)),
        ("和信访人的关系", PROXY_RELATION_LABELS.get(proxy.relation, proxy.relation)),
        ("信访人怎么同意的", f"{how}（{show_day(proxy.consent_on)}确认）"),
    ]  # fmt: skip


def arrival_rows(arrival: Arrival) -> list[tuple[str, str]]:
    """How a matter came that staff registered, as (label, text) rows."""
    reach = REACH_LABELS[arrival.reach] + (f"：{arrival.reach_through}" if arrival.reach_through else "")
    missing = "、".join(MISSING_LABELS[one] for one in arrival.missing)
    rows = [("怎么来的", CHANNEL_LABELS[arrival.channel]), ("收到日期", show_day(arrival.received_on)),
            ("人数", f"{arrival.people}人" if arrival.people else ""), ("怎样联系", reach),
            ("缺什么", missing),
            ("书面告知", "" if arrival.can_be_told_in_writing else "姓名或住址不清，条例不要求书面告知（第二十三条）；仍要转送、交办")]  # fmt: skip
    return [(label, text) for label, text in rows if text]


def rating_label(value: str | None) -> str:
    """满意 / 基本满意 / 不满意."""
    return RATING_LABELS.get(value, value) if value else "未评价"


def role_label(role: Role) -> str:
    """Who an officer is, in Chinese."""
    return ROLE_LABELS[role.value]


def holder_of(case: CaseLine | StaffView) -> str:
    """Who has a case: while it is under review not the unit whose opinion is reviewed; "" before it is passed on."""
    return REVIEWERS.get(case.status.value) or case.responsible_unit or ""


FILTERS: dict[str, Callable[..., str | list[tuple[str, str]]]] = {
    "desk_day": show_day,
    "desk_day_of": lambda at: show_day(day_of(at)),
    "desk_time": show_time,
    "desk_iso": iso,
    "desk_rows": data_rows,
    "desk_opinion": opinion_rows,
    "desk_person": person_rows,
    "desk_petition": petition_rows,
    "desk_proxy": proxy_rows,
    "desk_arrival": arrival_rows,
    "desk_rating": rating_label,
    "desk_phone": phones.shown,
    "desk_dial": phones.link,
    "desk_role": role_label,
    "desk_holder": holder_of,
}
