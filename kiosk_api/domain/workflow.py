"""Check an action against the workflow table: is it allowed now, and are its fields complete?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from kiosk_api.domain import policy
from kiosk_api.domain.calendar import WorkCalendar
from kiosk_api.domain.clocks import deadlines
from kiosk_api.domain.errors import FieldError
from kiosk_api.domain.labels_zh import NOT_YET, STATUS_LABELS
from kiosk_api.domain.limits import TEXT_MAX
from kiosk_api.domain.statute import PERIODS
from kiosk_api.domain.typed import clean, says_something
from kiosk_api.domain.workflow_table import RULE_OF, TABLE
from kiosk_api.domain.workflow_types import (
    Action,
    Allowed,
    CaseState,
    Event,
    Field,
    Role,
    Rule,
    Status,
    WorkflowError,
)

__all__ = [
    "RULE_OF", "TABLE", "Action", "Allowed", "CaseState", "Event", "Field", "Role", "Rule",
    "Status", "WorkflowError", "allowed", "check",
]  # fmt: skip

_RESULTS = frozenset(
    {Action.CONCLUDE, Action.DECLINE, Action.SETTLE, Action.DECIDE_REVIEW,
     Action.DECIDE_REEXAMINATION, Action.TRANSFER}
)  # fmt: skip
_RIGHT_BEHIND = {
    Action.REQUEST_REVIEW: "ask_review",
    Action.REQUEST_REEXAMINATION: "ask_reexamination",
    Action.OBJECT: "objection",
}


def check(
    state: CaseState,
    action: Action,
    role: Role,
    data: Mapping[str, str],
    at: datetime,
    calendar: WorkCalendar,
    actor: str = "",
) -> tuple[Event, Status]:
    """The event to record and the state after it.

    Raises WorkflowError: `forbidden` (not this role), `not_allowed_now` (state, time or
    interval), `incomplete` (with every missing or wrong field). Changes nothing.
    """
    rule = RULE_OF[action]
    if role not in rule.roles or action is Action.REGISTER:
        raise WorkflowError("forbidden", "您的岗位不能办理这一步。")
    open_now = _availability(rule, state, at, calendar)
    if not open_now.allowed:
        raise WorkflowError("not_allowed_now", open_now.reason)
    kept, errors = _read_fields(rule, data)
    if not errors:
        errors = _extra_checks(rule, state, kept, at)
    if errors:
        raise WorkflowError("incomplete", "还有几处需要补充，已填的内容都在。", errors)
    return Event(action, at, role, kept, actor), rule.to or state.status


def allowed(state: CaseState, role: Role, at: datetime, calendar: WorkCalendar) -> list[Allowed]:
    """Every action of this role, with whether it is open now, and if not, why."""
    return [
        _availability(rule, state, at, calendar)
        for rule in TABLE
        if role in rule.roles and rule.action is not Action.REGISTER
    ]


def _availability(rule: Rule, state: CaseState, at: datetime, calendar: WorkCalendar) -> Allowed:
    """State first, then the clocks and intervals that limit single actions."""
    if state.status not in rule.from_:
        return Allowed(rule, False, _wrong_state(rule, state))
    right = _RIGHT_BEHIND.get(rule.action)
    if right is not None:
        return _inside_period(rule, right, state, at, calendar)
    reason, until = "", None
    if rule.action is Action.URGE:
        reason = _too_soon(state, at)
    elif rule.action is Action.RATE:
        reason, until = _rating(state, at)
    elif rule.action is Action.EXTEND:
        if _last(state, Action.EXTEND) is not None:
            reason = "已经延期过一次，不能再延（《信访工作条例》第三十四条）。"
        elif not _is_running(state, "conclude", at, calendar):
            reason = "只有按第三十一条第六项办理的事项才有60日期限可以延长。"
    elif rule.action is Action.DECIDE_ACCUSATION and not state.doubtful:
        reason = "这件事是不是检举控告已经清楚，不用再定。"
    elif rule.action is Action.CLOSE:
        reason = _still_open_right(state, at, calendar)
    elif rule.action in (Action.HOLD_HEARING, Action.END_HEARING):
        in_hearing = _in_hearing(state)
        if rule.action is Action.HOLD_HEARING and in_hearing:
            reason = "听证正在进行。"
        elif rule.action is Action.END_HEARING and not in_hearing:
            reason = "现在没有进行中的听证。"
    return Allowed(rule, not reason, reason, until)


def _wrong_state(rule: Rule, state: CaseState) -> str:
    now = STATUS_LABELS[state.status.value]
    if Role.PETITIONER not in rule.roles:
        return f"这件事现在是“{now}”，不能办理“{rule.label}”。"
    if rule.action is Action.ADD_MATERIAL:
        return NOT_YET[rule.action.value]  # earlier additions do not make this step done
    done = _last(state, rule.action) is not None or state.status in (
        Status.WITHDRAWN, Status.CLOSED, Status.REEXAMINED
    )  # fmt: skip
    return f"这件事现在是“{now}”，这一步不能再办了。" if done else NOT_YET[rule.action.value]


def _inside_period(rule: Rule, key: str, state: CaseState, at: datetime, calendar: WorkCalendar) -> Allowed:
    clocks = [one for one in deadlines(state.events, calendar, at) if one.key == key]
    if not clocks:
        return Allowed(rule, False, "还没有开始计算这一步的期限。")
    last = clocks[-1]
    if last.state == "running":
        return Allowed(rule, True, "", last.due_on)
    period = PERIODS[key]
    unit = "个工作日" if period.unit == "working_days" else "日"
    reason = f"{period.amount}{unit}的期限到{_chinese(last.due_on)}为止，已经过了。"
    return Allowed(rule, False, reason, last.due_on)


def _too_soon(state: CaseState, at: datetime) -> str:
    last = _last(state, Action.URGE)
    if last is None or at - last.at >= policy.URGE_INTERVAL:
        return ""
    days = policy.URGE_INTERVAL.days
    next_on = (last.at + policy.URGE_INTERVAL).date()
    return (
        f"您{_chinese(last.at.date())}刚催过，工作人员已经看到。每{days}天可以催一次，{_chinese(next_on)}以后可以再催。"
    )


def _rating(state: CaseState, at: datetime) -> tuple[str, date | None]:
    results = [event for event in state.events if event.action in _RESULTS]
    if not results:
        return "还没有办理结果，有了结果就可以评价。", None
    last = results[-1]
    rated = _last(state, Action.RATE)
    if rated is not None and rated.at >= last.at:
        return "您已经评价过了，谢谢您。", None
    until = (last.at + policy.RATING_WINDOW).date()
    if at.date() > until:
        return f"评价的时间到{_chinese(until)}为止，已经过了。", until
    return "", until


def _still_open_right(state: CaseState, at: datetime, calendar: WorkCalendar) -> str:
    for key in ("ask_review", "ask_reexamination"):
        if _is_running(state, key, at, calendar):
            return "信访人申请复查、复核的期限还没有过，暂时不能归档。"
    return ""


def _is_running(state: CaseState, key: str, at: datetime, calendar: WorkCalendar) -> bool:
    return any(one.key == key and one.state in ("running", "overdue") for one in deadlines(state.events, calendar, at))


def _in_hearing(state: CaseState) -> bool:
    hearing = [event.action for event in state.events if event.action in (Action.HOLD_HEARING, Action.END_HEARING)]
    return bool(hearing) and hearing[-1] is Action.HOLD_HEARING


def _last(state: CaseState, action: Action) -> Event | None:
    return next((event for event in reversed(state.events) if event.action is action), None)


def _read_fields(rule: Rule, data: Mapping[str, str]) -> tuple[dict[str, str], list[FieldError]]:
    """Only the fields the table names are kept; every problem is reported at once."""
    kept: dict[str, str] = {}
    errors: list[FieldError] = []
    for field in rule.fields:
        value = data.get(field.name, "")
        text = clean(value).strip() if isinstance(value, str) else ""
        if not text or (field.required and not says_something(text)):
            if field.required:
                errors.append(FieldError(field.name, "required", f"请填写“{field.label}”。"))
            continue
        problem = _problem(field, text)
        if problem:
            errors.append(FieldError(field.name, "invalid", problem))
        kept[field.name] = text
    return kept, errors


def _problem(field: Field, text: str) -> str:
    if len(text) > TEXT_MAX:
        return f"“{field.label}”太长了，最多{TEXT_MAX}个字。"
    if field.kind == "choice" and text not in dict(field.choices):
        return f"“{field.label}”请从列出的选项里选。"
    if field.kind == "number" and not (text.isascii() and text.isdigit() and len(text) < 6):
        return f"“{field.label}”请填数字。"
    if field.kind == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return f"“{field.label}”请填日期，比如 2026-01-31。"
    return ""


def _extra_checks(rule: Rule, state: CaseState, data: Mapping[str, str], at: datetime) -> list[FieldError]:
    """Checks that need both the fields and the case."""
    if rule.action is Action.EXTEND:
        most = PERIODS["extension"].amount
        if not 1 <= int(data["days"]) <= most:
            return [FieldError("days", "invalid", f"延长不得超过{most}日（第三十四条）。")]
    if rule.action is Action.ASSIGN and date.fromisoformat(data["report_by"]) <= at.date():
        return [FieldError("report_by", "invalid", "报告日期应当在今天以后。")]
    return []


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
